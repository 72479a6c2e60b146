package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;

/** Twins share weights and nothing else. */
class CellTwinTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.LAYER);
    private static final double[] ALL = {1.0};

    private final Cell cell = new Cell(WIRING, 0, new PredictiveCoding(), Kernels.Kind.STRICT, 0.0);
    private final Cell twin = new Cell(cell);
    private final Cell stranger =
            new Cell(WIRING, 0, new PredictiveCoding(), Kernels.Kind.STRICT, 0.0);

    private static void show(Cell one, long phase, double a, double b, double target) {
        one.open(
                phase,
                Phase.nudged(Matrix.column(a, b), Matrix.column(target, -target, 2 * target), 0.5));
        one.relax((link, signal) -> {});
    }

    private static double[] weights(Cell one) {
        Parameters out = NETWORK.zeros();
        one.learning().save(out);
        double[] flat = Arrays.stream(out.weights(0)).flatMapToDouble(Arrays::stream).toArray();
        double[] all = Arrays.copyOf(flat, flat.length + 3);
        System.arraycopy(out.biases(1), 0, all, flat.length, 3);
        return all;
    }

    private static LearningStep step() {
        return new LearningStep(Optimiser.momentum(0.5), 0.1, 1.0, 1);
    }

    @Test
    void whatOneLearnsTheOtherKnows() {
        show(cell, 1, 1.0, -2.0, 1.0);
        show(twin, 9, 0.5, 3.0, -1.0);
        show(stranger, 1, 1.0, -2.0, 1.0);
        double[] before = twin.activity();

        assertTrue(cell.learning().prepare(ALL));
        cell.learning().learn(step());

        assertArrayEquals(weights(cell), weights(twin));
        assertFalse(Arrays.equals(weights(cell), weights(stranger)));
        assertArrayEquals(before, twin.activity()); // not a thought of its own before it relaxes
        twin.relax((link, signal) -> {});
        assertFalse(Arrays.equals(before, twin.activity()), "the twin computes with old weights");
    }

    @Test
    void whatTwinsPrepareAddsUp() {
        show(cell, 1, 1.0, -2.0, 1.0);
        show(twin, 1, 0.5, 3.0, -1.0);
        double[] start = weights(cell);
        Parameters sum = NETWORK.zeros();
        cell.learning().update(ALL, sum);
        twin.learning().update(ALL, sum);

        assertTrue(cell.learning().prepare(ALL));
        assertTrue(twin.learning().prepareMore(ALL));
        twin.learning().learn(step());

        double[] after = weights(cell);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                int k = 2 * i + j;
                assertEquals(start[k] - 0.1 * sum.weights(0)[i][j], after[k], 1e-15);
            }
            assertEquals(start[6 + i] - 0.1 * sum.biases(1)[i], after[6 + i], 1e-15);
        }
    }

    /** The twin's statement replaces what was kept, unless it is added. */
    @Test
    void preparingAnewForgetsWhatWasKept() {
        show(cell, 1, 1.0, -2.0, 1.0);
        show(twin, 1, 0.5, 3.0, -1.0);
        double[] start = weights(cell);
        Parameters own = NETWORK.zeros();
        twin.learning().update(ALL, own);

        cell.learning().prepare(ALL);
        twin.learning().prepare(ALL);
        cell.learning().learn(step());

        assertEquals(start[0] - 0.1 * own.weights(0)[0][0], weights(cell)[0], 1e-15);
    }

    @Test
    void aSumThatIsNotFiniteIsNoticed() {
        show(cell, 1, 1.0, -2.0, 1.0);
        show(twin, 1, 1.0, -2.0, 1.0);
        Parameters own = NETWORK.zeros();
        cell.learning().update(ALL, own);
        double largest =
                Arrays.stream(own.weights(0))
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .max()
                        .orElseThrow();
        double[] huge = {1.5e308 / largest};

        assertTrue(cell.learning().prepare(huge));
        assertFalse(twin.learning().prepareMore(huge));
        assertTrue(twin.learning().prepare(huge));
    }
}
