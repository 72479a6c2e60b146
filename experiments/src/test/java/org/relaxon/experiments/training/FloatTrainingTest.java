package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.TrainingDefaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.virtual.VirtualHost;

/** Trainings with weights in single precision beside the same in double precision. */
class FloatTrainingTest {
    private static final Algorithm ALGORITHM = Algorithms.pcNudge(new PredictiveCoding());
    private static final long SEED = 7;
    private static final ProblemSpec SPEC =
            ProblemSpec.defaults()
                    .withData("two-moons")
                    .withLayers(2, 9, 5, 2)
                    .withSeed(SEED)
                    .withBatch(20);

    private static TrainPlan plan(Kernels.Kind kernels, Optimiser optimiser, long steps)
            throws IOException {
        Problem built = SPEC.build().in(kernels.precision());
        TrainingDefaults defaults = new TrainingDefaults(ALGORITHM, true, true);
        return new TrainPlan(
                built.network(),
                new Method(ALGORITHM, defaults.estimator(), defaults.strength()),
                defaults.run(defaults.strength(), built.network().depth(), kernels),
                Budget.DEFAULT,
                optimiser,
                Pace.of(20, steps, 0.02).withDecay(0.9).withEvaluations(10),
                Schedule.PHASED,
                Unsettled.FAIL,
                SEED);
    }

    /** Keeps every checkpoint. */
    private static final class Keeper implements TrainListener {
        private final List<Checkpoint> kept = new ArrayList<>();

        @Override
        public void reached(Checkpoint checkpoint) {
            kept.add(checkpoint);
        }
    }

    private static TrainResult settle(TrainPlan plan, TrainListener listener, Checkpoint from)
            throws IOException {
        try (Host host = new VirtualHost()) {
            return new Trainer(plan, SPEC.split(300, 120), listener).settle(host, from);
        }
    }

    /** Every weight is a float; of doubles hardly any is. */
    private static int floats(TrainResult result) {
        int count = 0;
        for (int p = 0; p < 3; p++) {
            for (double[] row : result.parameters().weights(p)) {
                for (double w : row) {
                    count += w == (float) w ? 1 : 0;
                }
            }
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(names = {"STRICT_FLOAT", "FAST_FLOAT"})
    void theAccuracyIsThatOfDoubles(Kernels.Kind kernels) throws IOException {
        TrainResult single = settle(plan(kernels, Optimiser.adam(), 90), new Keeper(), null);
        Kernels.Kind twin = kernels.in(Kernels.Precision.DOUBLE);
        TrainResult usual = settle(plan(twin, Optimiser.adam(), 90), new Keeper(), null);
        assertEquals(TrainResult.Ending.DONE, single.ending());
        assertTrue(single.curve().get(0).trainAccuracy() < 0.55, single.toString());
        assertTrue(single.last().trainAccuracy() > 0.88, single.toString());
        assertEquals(usual.last().testAccuracy(), single.last().testAccuracy(), 0.02);
        assertEquals(usual.last().trainLoss(), single.last().trainLoss(), 1e-3);
        assertNotEquals(usual.last().trainLoss(), single.last().trainLoss());
        assertEquals(2 * 9 + 9 * 5 + 5 * 2, floats(single));
        assertTrue(floats(usual) < 5);
    }

    @Test
    void aCheckpointGoesOnInTheSameBits() throws IOException {
        TrainPlan plan = plan(Kernels.Kind.STRICT_FLOAT, Optimiser.adam(), 30);
        Keeper keeper = new Keeper();
        TrainResult whole = settle(plan, keeper, null);
        TrainResult resumed = settle(plan, TrainListener.SILENT, keeper.kept.get(1));
        assertEquals(whole.curve(), resumed.curve());
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < whole.parameters().weights(p).length; i++) {
                assertArrayEquals(
                        whole.parameters().weights(p)[i], resumed.parameters().weights(p)[i]);
            }
        }
    }

    /** The other precision is another training. */
    @Test
    void aCheckpointOfTheOtherPrecisionIsRefused() throws IOException {
        Keeper keeper = new Keeper();
        settle(plan(Kernels.Kind.STRICT_FLOAT, Optimiser.adam(), 20), keeper, null);
        TrainPlan other = plan(Kernels.Kind.STRICT, Optimiser.adam(), 20);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> settle(other, TrainListener.SILENT, keeper.kept.get(1)));
        assertTrue(refused.getMessage().contains("kernels"), refused.getMessage());
    }
}
