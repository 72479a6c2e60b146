package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.data.TaskView;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * What a training applies to every array of weights and of biases is the step that backprop's
 * gradient would have been, under every optimiser, in parts, and where examples were left out.
 */
class AlignedChangeTest {
    private static final Algorithm ALGORITHM = Algorithms.pcNudge();
    private static final int BATCH = 20;
    private static final double BETA = 1e-6;

    /** A gradient is off by about beta; Adam divides a small one by its own size. */
    private static final double CLOSE = 1e-3;

    private static ProblemSpec spec() {
        return Defaults.of(ALGORITHM)
                .applyTo(
                        ProblemSpec.defaults()
                                .withData("two-moons")
                                .withLayers(2, 9, 5, 2)
                                .withSeed(7)
                                .withBatch(BATCH));
    }

    private static TrainPlan plan(Optimiser optimiser, int parts) throws IOException {
        return new TrainPlan(
                spec().build().network(),
                new Method(ALGORITHM, ALGORITHM.estimators().get(0), BETA),
                Defaults.runPlan(ALGORITHM).withGranularity(Granularity.LAYER),
                Budget.DEFAULT,
                optimiser,
                Pace.of(BATCH, 12, 0.05).withAlignments(3).withInFlight(parts),
                Schedule.PHASED,
                Unsettled.DROP,
                7);
    }

    private static List<Alignment> alignments(TrainPlan plan) throws IOException {
        return alignments(plan, spec().split(100, 20), new ArrayList<>());
    }

    private static List<Alignment> alignments(TrainPlan plan, Split data, List<Integer> learned)
            throws IOException {
        List<Alignment> out = new ArrayList<>();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void aligned(Alignment alignment) {
                        out.add(alignment);
                    }

                    @Override
                    public void stepped(long step, int learnedFrom) {
                        learned.add(learnedFrom);
                    }
                };
        try (Host host = new VirtualHost()) {
            new Trainer(plan, data, listener).settle(host, null);
        }
        return out;
    }

    private static Stream<Optimiser> optimisers() {
        UpdateGate gate = UpdateGate.independent(0.5, 11);
        return Stream.of(Optimiser.sgd(), Optimiser.momentum(0.9), Optimiser.adam())
                .flatMap(o -> Stream.of(o, o.withWeightDecay(0.1), o.withGate(gate)));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void everyArrayChangesByTheStepOfBackprop(Optimiser optimiser) throws IOException {
        for (int parts : new int[] {1, 3}) {
            List<Alignment> found = alignments(plan(optimiser, parts));
            assertEquals(4, found.size());
            for (Alignment a : found) {
                assertNotNull(a.change());
                assertTrue(a.change().error() <= CLOSE, optimiser + ": " + a);
            }
        }
    }

    private static Stream<FeedbackWeights> following() {
        return Stream.of(FeedbackWeights.kolenPollack(0.2, 1), FeedbackWeights.homeostasis(1e6, 1));
    }

    /**
     * What kinds that follow W do to it beside the update is due as well. With B almost W the
     * update is backprop's; homeostasis makes up for the small distance by a large factor.
     */
    @ParameterizedTest
    @MethodSource("following")
    void whatFeedbackWeightsDoToTheWeightsIsDue(FeedbackWeights own) throws IOException {
        Network drawn = spec().withFeedback(own).build().network();
        Parameters p = drawn.parameters().copy();
        for (int k = 1; k < drawn.projections().size(); k++) {
            for (int i = 0; i < p.weights(k).length; i++) {
                for (int j = 0; j < p.weights(k)[i].length; j++) {
                    p.feedback(k)[i][j] = p.weights(k)[i][j] + 1e-6;
                }
            }
        }
        Alignment near = first(drawn.with(p));
        assertTrue(near.change().error() <= CLOSE, near.toString());
        Alignment far = first(drawn);
        assertTrue(far.change().error() >= 0.01, "the twin, with another B: " + far);
    }

    private static Alignment first(Network network) throws IOException {
        Pace one = Pace.of(BATCH, 1, 0.05).withAlignments(1);
        TrainPlan like = plan(Optimiser.sgd(), 1);
        TrainPlan plan =
                new TrainPlan(
                        network,
                        like.method(),
                        like.run(),
                        like.budget(),
                        like.optimiser(),
                        one,
                        like.schedule(),
                        Unsettled.DROP,
                        7);
        return alignments(plan).get(0);
    }

    /** The share of a mean is that of the examples that took part. */
    @Test
    void anExampleThatWasLeftOutDoesNotMoveTheRest() throws IOException {
        Split data = spec().split(100, 20);
        TaskView view = TaskView.as(Task.CLASSIFICATION, new Poisoned(data.train()), data.test());
        Split poisoned = new Split(view, false, 0, "poisoned");
        List<Integer> learned = new ArrayList<>();
        List<Alignment> found =
                alignments(
                        plan(Optimiser.sgd(), 1)
                                .withPace(Pace.of(BATCH, 5, 0.05).withAlignments(1)),
                        poisoned,
                        learned);
        assertEquals(5 * BATCH - 1, learned.stream().mapToInt(n -> n).sum(), learned.toString());
        for (Alignment a : found) {
            assertTrue(a.change().error() <= CLOSE, a.toString());
        }
    }

    /** One example has a target so far away that its column diverges. */
    private record Poisoned(DataSet whole) implements DataSet {
        @Override
        public String name() {
            return "poisoned";
        }

        @Override
        public int size() {
            return whole.size();
        }

        @Override
        public int inputs() {
            return whole.inputs();
        }

        @Override
        public int classes() {
            return whole.classes();
        }

        @Override
        public void input(int index, double[] into, int offset, int stride) {
            whole.input(index, into, offset, stride);
        }

        @Override
        public boolean hasTargets() {
            return true;
        }

        @Override
        public void target(int index, double[] into, int offset, int stride) {
            whole.target(index, into, offset, stride);
            into[offset] = index == 3 ? 1e300 : into[offset];
        }

        @Override
        public int label(int index) {
            return whole.label(index);
        }
    }

    @Test
    void thereIsNoSingleStepWhileWeightsChange() throws IOException {
        TrainPlan plan = plan(Optimiser.sgd(), 1).withSchedule(Schedule.CONTINUAL);
        for (Alignment a : alignments(plan)) {
            assertNull(a.change());
        }
    }
}
