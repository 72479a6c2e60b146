package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.virtual.VirtualHost;

/** A step that does not end, most of all one in which weights change while the network settles. */
class StoppedPresentationTest {
    private static final ProblemSpec SPEC =
            Defaults.of(pcNudge())
                    .applyTo(
                            ProblemSpec.defaults()
                                    .withData("two-moons")
                                    .withLayers(2, 9, 5, 2)
                                    .withSeed(7)
                                    .withBatch(20));

    private static Algorithm pcNudge() {
        return Algorithms.pcNudge(new PredictiveCoding());
    }

    private static TrainPlan plan(Schedule schedule, Budget budget) throws IOException {
        Algorithm algorithm = pcNudge();
        return new TrainPlan(
                SPEC.build().network(),
                new Method(
                        algorithm,
                        algorithm.estimators().get(0),
                        Defaults.of(algorithm).method().strength()),
                Defaults.runPlan(algorithm).withGranularity(Granularity.LAYER),
                budget,
                Optimiser.sgd(),
                Pace.of(20, 6, 0.02).withEvaluations(6),
                schedule,
                Unsettled.FAIL,
                7);
    }

    private static TrainResult train(TrainPlan plan, TrainListener listener) throws IOException {
        try (Host host = new VirtualHost()) {
            return new Trainer(plan, SPEC.split(120, 40), listener).settle(host, null);
        }
    }

    /** Requests a stop once so many steps are complete: between two steps, or within the next. */
    private static final class Stopper implements TrainListener, Observer {
        private final Thread owner = Thread.currentThread();
        private final int after;
        private final boolean within;
        private final CountDownLatch requests =
                new CountDownLatch(2); // before the 2nd comes the 1st
        private final List<Phase> cut = new ArrayList<>();
        private boolean presenting;
        private volatile boolean stops;

        Stopper(int after, boolean within) {
            this.after = after;
            this.within = within;
        }

        @Override
        public void stepped(long step, int learnedFrom) {
            stops |= step == after && !within;
            presenting = step == after && within;
        }

        @Override
        public void reached(Checkpoint checkpoint) {
            presenting |= checkpoint.step() == after && within;
        }

        @Override
        public Observation observation(int lane) {
            return new Observation(Sampling.everyRelaxations(1), this);
        }

        @Override
        public void began(long phaseId, Phase phase) {
            if (presenting && phase.target() != null) {
                cut.add(phase);
            }
        }

        /** Returns once the settling is cancelled, after some of its relaxations. */
        @Override
        public void sampled(Frame frame) {
            if (cut.isEmpty() || frame.relaxations() < 2) {
                return;
            }
            stops = true;
            try {
                requests.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean stops() {
            if (stops && Thread.currentThread() != owner) {
                requests.countDown();
            }
            return stops;
        }
    }

    private static void assertSame(Network network, Parameters one, Parameters two) {
        for (int p = 0; p < network.projections().size(); p++) {
            assertTrue(java.util.Arrays.deepEquals(one.weights(p), two.weights(p)), "weights " + p);
        }
        for (int p = 0; p < network.populations().size(); p++) {
            assertArrayEquals(one.biases(p), two.biases(p));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phased", "continual", "incremental:3"})
    void theStepIsNeitherCountedNorScored(String schedule) throws IOException {
        TrainPlan plan = plan(Schedule.parse(schedule), Budget.DEFAULT);
        Stopper within = new Stopper(2, true);
        TrainResult cut = train(plan, within);
        TrainResult between = train(plan, new Stopper(2, false));

        assertFalse(within.cut.isEmpty(), "no presentation was cut short");
        assertEquals(Ending.STOPPED, cut.ending(), cut.toString());
        assertEquals(2, cut.counts().steps());
        assertEquals(between.counts().ledger(), cut.counts().ledger());
        assertSame(plan.network(), between.parameters(), cut.parameters());
        assertEquals(2, cut.last().step());
        assertEquals(between.last().testLoss(), cut.last().testLoss(), 1e-9);
        assertNotEquals(
                cut.curve().get(0).testLoss(), cut.last().testLoss(), "the steps before it count");
    }

    /** The first step always has an example to judge; stopped, it has none, and costs nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"phased", "continual", "incremental:3"})
    void aStoppedFirstStepCostsNothing(String schedule) throws IOException {
        Stopper within = new Stopper(0, true);
        TrainResult cut = train(plan(Schedule.parse(schedule), Budget.DEFAULT), within);
        assertFalse(within.cut.isEmpty(), "no phase was cut short");
        assertEquals(0, cut.counts().steps());
        assertEquals(Ledger.NONE, cut.counts().ledger());
        assertEquals(schedule.startsWith("incremental") ? 1 : 0, cut.counts().drawn());
    }

    /** The negative twin: without a stop the same training is done. */
    @Test
    void withoutAStopAllStepsCount() throws IOException {
        TrainResult whole = train(plan(Schedule.CONTINUAL, Budget.DEFAULT), new Stopper(9, true));
        assertEquals(Ending.DONE, whole.ending(), whole.toString());
        assertEquals(6, whole.counts().steps());
        assertTrue(whole.counts().ledger().messages() > 0);
    }

    @Test
    void aStepThatDoesNotComeToRestLeavesTheWeightsBeforeIt() throws IOException {
        TrainPlan plan = plan(Schedule.CONTINUAL, Budget.DEFAULT.withMessages(40));
        TrainResult result = train(plan, TrainListener.SILENT);
        assertEquals(Ending.UNSETTLED, result.ending(), result.toString());
        assertEquals(0, result.counts().steps());
        assertSame(plan.network(), plan.network().parameters(), result.parameters());
    }
}
