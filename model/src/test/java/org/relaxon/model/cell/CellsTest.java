package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Signalling;

/** Cells of a population share what they have in common, and nothing else. */
class CellsTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring WIRING = Wiring.of(NETWORK, Granularity.NEURON);
    private static final double THRESHOLD = 1e-3;

    private static Cells cells(boolean oneThread) {
        return Cells.of(
                WIRING,
                new PredictiveCoding(),
                Kernels.Kind.STRICT,
                Signalling.exact(THRESHOLD),
                oneThread);
    }

    private static Phase nudged(double beta) {
        return Phase.nudged(Matrix.column(0.5, -0.25), Matrix.column(0.75, 0.125), beta);
    }

    private static double[] worth(Cell cell) {
        return cell.thresholds().ofFeedback(new double[] {1.0}).clone();
    }

    @Test
    void aCellThatRefinesItsThresholdsLeavesTheOthersAsTheyWere() {
        Cells cells = cells(true);
        Phase phase = nudged(0.5);
        cells.forEach(cell -> cell.open(1, phase));
        double[] before = worth(cells.get(1));
        assertArrayEquals(before, worth(cells.get(0)));

        cells.get(0).refine(0.125);

        assertArrayEquals(before, worth(cells.get(1)));
        assertFalse(Arrays.equals(before, worth(cells.get(0))), "its own are smaller");
    }

    @Test
    void aTwinMaySettleInAnotherPhase() {
        Cells cells = cells(true);
        Cells twins = cells.twins();
        for (int k = 0; k < cells.size(); k++) {
            cells.get(k).open(1, nudged(0.5));
            twins.get(k).open(1, nudged(-0.25));
        }
        for (int k = 0; k < cells.size(); k++) {
            assertEquals(0.5, cells.get(k).now().state().beta()[0]);
            assertEquals(-0.25, twins.get(k).now().state().beta()[0]);
            Cell alone =
                    new Cell(WIRING, k, new PredictiveCoding(), Kernels.Kind.STRICT, THRESHOLD);
            alone.open(1, nudged(-0.25));
            assertArrayEquals(worth(alone), worth(twins.get(k)));
        }
    }

    @Test
    void onlyCellsOfOneThreadShareScratchMemory() {
        Cells together = cells(true);
        assertSame(together.get(0).kernels(), together.get(1).kernels());
        assertNotSame(together.get(0).kernels(), together.twins().get(0).kernels());
        Cells apart = cells(false);
        assertNotSame(apart.get(0).kernels(), apart.get(1).kernels());
    }
}
