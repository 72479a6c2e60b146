package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.virtual.VirtualHost;

class MessageGrowthTest {
    private static final long SEED = 7;
    private static final int BATCH = 20;
    private static final int STEPS = 96;

    /** Steps at which growth is said. */
    private static List<Long> said(long steps, LongUnaryOperator messages) {
        MessageGrowth growth = new MessageGrowth();
        return LongStream.range(0, steps)
                .filter(step -> growth.grows(messages.applyAsLong(step), 0))
                .boxed()
                .toList();
    }

    @Test
    void growthIsSaidOnceWhileItLasts() {
        List<Long> said = said(1000, step -> 10 + step);
        assertEquals(1, said.size());
        assertTrue(said.get(0) < 100, said.toString());
        assertEquals(List.of(), said(1000, step -> 500));
        assertEquals(List.of(), said(1000, step -> 500 - step / 3));
        assertEquals(List.of(), said(1000, step -> 100 + step % 2 * 200));
        assertEquals(List.of(), said(1000, step -> 100 + step / 4), "no more than 4 times");
        assertEquals(List.of(), said(1000, step -> 0), "backprop sends nothing");
    }

    /** What costs more than the cheapest step but less than the one before does not grow. */
    @Test
    void aNumberThatFallsAgainIsNotGrowing() {
        long w = MessageGrowth.WINDOW;
        assertEquals(List.of(), said(5 * w, step -> step < w ? 1000 : step < 2 * w ? 10 : 40));
        assertEquals(List.of(3 * w - 1), said(5 * w, step -> step < 2 * w ? 10 : 100 - step));
    }

    private static TrainPlan plan(double rate) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        Defaults defaults = Defaults.of(ep);
        Network network = spec(defaults).build().network();
        return new TrainPlan(
                network,
                defaults.method(),
                new TrainingDefaults(ep, true, false)
                        .run(defaults.method().strength(), network.depth())
                        .withGranularity(Granularity.LAYER),
                Budget.DEFAULT.withMessages(20_000),
                Optimiser.adam(),
                Pace.of(BATCH, STEPS, rate),
                Schedule.PHASED,
                Unsettled.DROP,
                SEED);
    }

    private static ProblemSpec spec(Defaults defaults) {
        return defaults.applyTo(
                ProblemSpec.defaults()
                        .withData("two-moons")
                        .withLayers(2, 9, 5, 2)
                        .withSeed(SEED)
                        .withBatch(BATCH));
    }

    private static List<String> warnings(double rate) throws IOException {
        List<String> warnings = new ArrayList<>();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void warned(long step, String warning) {
                        assertTrue(step < STEPS, "while it grows, not at the end");
                        warnings.add(warning);
                    }
                };
        TrainPlan plan = plan(rate);
        try (Host host = new VirtualHost()) {
            new Trainer(plan, spec(Defaults.of(plan.method().algorithm())).split(300, 20), listener)
                    .settle(host, null);
        }
        return warnings;
    }

    @Test
    void aTrainingWhoseWeightsGrowSaysSoAndFromWhat() throws IOException {
        List<String> warnings = warnings(0.05);
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("no example of this minibatch of 20 settled"));
        assertTrue(
                warnings.get(1).contains("weights have grown beyond those that are proven"),
                warnings.get(1));
        assertEquals(List.of(), warnings(1e-5));
    }

    @Test
    void everyCauseIsNamedWhereItIsOne() throws IOException {
        TrainPlan plan = plan(0.05);
        Matrix input = Matrix.of(2, 1, new double[] {0.3, -0.2});
        Matrix target = Matrix.of(2, 1, new double[] {1.0, 0.0});
        GrowthCause cause = new GrowthCause(plan);
        var same = plan.network().parameters();
        assertEquals("no likely cause found", cause.describe(same, input, target, 0));
        String kinks = cause.describe(same, input, target, 3);
        assertTrue(kinks.startsWith("3 more units were held at a kink"), kinks);
        GrowthCause fine = new GrowthCause(plan.withRun(plan.run().withThreshold(1e-18)));
        String rounding = fine.describe(same, input, target, 0);
        assertTrue(rounding.startsWith("the threshold 1.0e-18 lies below the rounding"), rounding);
        var large = spec(Defaults.of(plan.method().algorithm())).withGain(3.0).build().network();
        String weights = cause.describe(large.parameters(), input, target, 0);
        assertTrue(
                weights.startsWith("weights have grown beyond those that are proven to settle"),
                weights);
    }
}
