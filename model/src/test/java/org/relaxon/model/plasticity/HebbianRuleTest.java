package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** One neuron; every number is worked out by hand. */
class HebbianRuleTest {
    private final HebbianRule rule = HebbianRule.INSTANCE;

    private static CellState state(Phase phase, int planes, int height, double... activity) {
        CellState s =
                new CellState(
                        1,
                        phase.betas(),
                        planes,
                        planes,
                        StandardActivation.TANH,
                        Elementary.STRICT,
                        null,
                        null);
        System.arraycopy(activity, 0, s.activity(), 0, activity.length);
        return s.on(phase, 1, height);
    }

    private static Phase phase(double... beta) {
        return Phase.nudged(Matrix.zeros(1, beta.length), Matrix.zeros(1, beta.length), beta);
    }

    private double[] factor(CellState s, double... weights) {
        double[] out = new double[s.backward().length];
        java.util.Arrays.fill(out, 77);
        rule.postsynaptic(s, weights, out);
        return out;
    }

    @Test
    void theFactorIsMinusTheShareOverBetaTimesTheActivity() {
        CellState s = state(phase(0.5, -0.25, 4.0), 1, 2, 3, 5, 7);
        assertArrayEquals(new double[] {-6, 10, 0}, factor(s, 1, 0.5, 0));
    }

    @Test
    void gammaCountsOncePerProjectionBetweenTheCellAndTheOutput() {
        Phase phase = phase(1.0, 1.0).withGamma(new double[] {0.5, -0.5});
        assertArrayEquals(new double[] {-3, -5}, factor(state(phase, 1, 0, 3, 5), 1, 1));
        assertArrayEquals(new double[] {-6, 10}, factor(state(phase, 1, 1, 3, 5), 1, 1));
        assertArrayEquals(new double[] {-12, -20}, factor(state(phase, 1, 2, 3, 5), 1, 1));
    }

    /** One-sided: + share/beta s0, of the free state. */
    @Test
    void theAnchorOfAOneSidedPhaseIsTheFreeProductWithTheOppositeSign() {
        Phase phase = phase(0.5, 0.25).startingFrom("free");
        CellState s = state(phase, 1, 0, 3, 5);
        s.anchorAt(state(Phase.free(Matrix.zeros(1, 2)), 1, 0, 2, 4));
        double[] anchored = {77, 77};
        assertTrue(rule.anchored(s, new double[] {1, 1}, anchored));
        assertArrayEquals(new double[] {4, 16}, anchored);
        assertTrue(rule.anchored(s, new double[] {1, 0}, anchored));
        assertArrayEquals(new double[] {4, 0}, anchored);
    }

    /** Centred: 1/b - 1/b; not a rounding error of it, and not if the shares differ. */
    @Test
    void theAnchorOfACentredPhaseDropsOut() {
        for (double beta : new double[] {0.1, 0.3, 1e-9, 7}) {
            Phase phase = phase(beta, beta, -beta, -beta).startingFrom("free");
            CellState s = state(phase, 1, 0, 1, 2, 3, 4);
            s.anchorAt(state(Phase.free(Matrix.zeros(1, 4)), 1, 0, 5, 6, 5, 6));
            double[] anchored = {77, 77};
            assertFalse(rule.anchored(s, new double[] {.5, .5, .5, .5}, anchored));
            assertFalse(rule.anchored(s, new double[] {.5, 0, .5, 0}, anchored));
            assertFalse(rule.anchored(s, new double[4], anchored));
            assertTrue(rule.anchored(s, new double[] {.5, .5, .25, .5}, anchored));
            assertEquals(0.25 / beta * 5, anchored[0], 1e-12 / beta);
            assertEquals(0.0, anchored[1], 1e-12 / beta);
        }
    }

    /** -(1/beta) [d s0_pre + (s0 + d) d_pre]: both factors. */
    @Test
    void inDifferencesNothingIsSubtracted() {
        Phase phase = phase(0.5, -0.5).differencesFrom("free");
        CellState s = state(phase, 1, 1, 0.25, -0.125);
        s.anchorAt(state(Phase.free(Matrix.zeros(1, 2)), 1, 1, 2, 2));
        assertArrayEquals(new double[] {-2.25, 1.875}, factor(s, 0.5, 0.5));
        double[] anchored = {77}; // one free column, two phases of it
        assertTrue(rule.anchored(s, new double[] {0.5, 0.5}, anchored));
        assertEquals(-0.25 - 0.125, anchored[0]);
        double[] two = {77, 77}; // two free columns
        assertTrue(rule.anchored(s, new double[] {0.5, 0.5}, two));
        assertArrayEquals(new double[] {-0.25, -0.125}, two);
        assertTrue(rule.anchored(s, new double[] {0, 0.5}, two)); // and counts nothing
        assertArrayEquals(new double[] {0, -0.125}, two);
        s.activity()[0] = Double.NaN;
        rule.anchored(s, new double[] {0, 0.5}, two);
        assertArrayEquals(new double[] {0, -0.125}, two);
        assertArrayEquals(new double[] {0, 1.875}, factor(s, 0, 0.5));
    }

    /** beta = 3 + 4i, s = 1 + 2i: -(1/beta) s = -(11 + 2i)/25, planes (re, -im). */
    @Test
    void complexStrengthsAreNotConjugated() {
        Phase phase = phase(3.0, 1.0).withImaginary(new double[] {4.0, 0.0});
        CellState s = state(phase, 2, 0, 1, 5, 2, 7);
        double[] found = factor(s, 1, 0);
        assertArrayEquals(new double[] {-11.0 / 25, 0, 2.0 / 25, 0}, found, 1e-16);
        // (re, -im) times (u, v) summed over planes is the real part of the product
        double u = 0.3;
        double v = -0.7;
        double expected = -(11 * u - 2 * v) / 25;
        assertEquals(expected, found[0] * u + found[2] * v, 1e-16);
        double conjugated = -(11 * u + 2 * v) / 25;
        assertTrue(Math.abs(conjugated - expected) > 0.1);
    }

    /** Over all roots the coefficients of the free product cancel but for rounding. */
    @Test
    void theAnchorOfRootsOfUnityDropsOut() {
        for (int points : new int[] {2, 4, 8, 16, 64}) {
            Estimator roots = Estimator.roots(points);
            Phase phase =
                    roots.phase(Matrix.zeros(1, 2), Matrix.zeros(1, 2), 0.3).startingFrom("free");
            CellState s = state(phase, 2, 0);
            CellState free = state(Phase.free(phase.input()), 2, 0);
            java.util.Arrays.fill(free.activity(), 1e3);
            s.anchorAt(free);
            double[] weights = roots.columnWeights(phase);
            assertFalse(rule.anchored(s, weights, new double[4]), "" + points);
            weights[0] *= 1.001;
            assertTrue(rule.anchored(s, weights, new double[4]), "" + points);
        }
    }

    @Test
    void aFreeColumnMayBeLeftOutButNotUsed() {
        CellState s = state(phase(0.5, 0.0), 1, 0, 3, Double.NaN);
        assertArrayEquals(new double[] {-6, 0}, factor(s, 1, 0));
        String said =
                assertThrows(IllegalArgumentException.class, () -> factor(s, 1, 1)).getMessage();
        assertTrue(said.contains("column 1") && said.contains("beta 0"), said);
        LocalRule delta = DeltaRule.INSTANCE;
        assertFalse(delta.anchored(s, new double[] {1, 0}, new double[2]));
        String planes =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> delta.postsynaptic(s, new double[] {1, 0}, new double[4]))
                        .getMessage();
        assertTrue(planes.contains("plane"), planes);
    }
}
