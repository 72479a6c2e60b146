package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.state.CellState;

class DeltaRuleTest {
    /** Two neurons by three columns, v = (1, 2, 3; 4, 5, 6). */
    private static double[] factor(double[] beta, double[] weights) {
        CellState s =
                new CellState(
                        2, beta, 1, 1, StandardActivation.TANH, Elementary.STRICT, null, null);
        for (int k = 0; k < 6; k++) {
            s.backward()[k] = k + 1;
        }
        double[] factor = {9, 9, 9, 9, 9, 9};
        DeltaRule.INSTANCE.postsynaptic(s, weights, factor);
        return factor;
    }

    @Test
    void theFactorIsMinusTheShareOverBetaTimesWhatIsSentBack() {
        assertArrayEquals(
                new double[] {-2, 10, 0, -8, 25, 0},
                factor(new double[] {0.5, -0.1, 0.5}, new double[] {1, 0.5, 0}));
    }

    @Test
    void aFreeColumnMayBeLeftOutButNotUsed() {
        assertArrayEquals(
                new double[] {0, -4, 0, 0, -10, 0},
                factor(new double[] {0, 0.5, 0}, new double[] {0, 1, 0}));
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> factor(new double[] {0.5, 0.5, 0}, new double[] {1, 1, 1}))
                        .getMessage();
        assertTrue(said.contains("column 2") && said.contains("beta 0"), said);
    }

    /** A column left out because it diverged must not come back as 0 x infinity. */
    @Test
    void aColumnThatIsLeftOutCountsNothingWhateverItHolds() {
        CellState s =
                new CellState(
                        1,
                        new double[] {0.5, 0.5},
                        1,
                        1,
                        StandardActivation.TANH,
                        Elementary.STRICT,
                        null,
                        null);
        s.backward()[0] = Double.NaN;
        s.backward()[1] = 3;
        double[] factor = new double[2];
        DeltaRule.INSTANCE.postsynaptic(s, new double[] {0, 1}, factor);
        assertEquals(0.0, factor[0]);
        assertEquals(-6.0, factor[1]);
    }
}
