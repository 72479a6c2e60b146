package org.relaxon.model.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.state.CellState;

/**
 * A cell under constant feedback that minimises with the multiplier it had tau ascents ago. With k
 * rho = 1 the deviation of the multiplier obeys y(t + 1) = y(t) - k alpha y(t - tau), which is
 * stable up to alpha_max = (1 / k) 2 sin(pi / (4 tau + 2)). A cell of the library holds its own
 * multiplier, which is never stale: tau = 0.
 */
class StaleMultiplierTest {
    private static final double RHO = 0.5; // k = 2
    private static final int STEPS = 30_000;

    private static double bound(int tau) {
        return RHO * 2.0 * Math.sin(Math.PI / (4.0 * tau + 2.0));
    }

    /** Whether a deviation of the multiplier decays. */
    private static boolean settles(double alpha, int tau) {
        AugmentedLagrangian rule = new AugmentedLagrangian(RHO, alpha);
        CellState cell = cell(rule);
        double[] lambda = AugmentedLagrangian.multipliers(cell);
        double[] past = new double[tau + 1]; // by ascent, modulo tau + 1
        double early = 0.0;
        double late = 0.0;
        double now = 1.0;
        for (int t = 0; t < STEPS; t++) {
            past[t % (tau + 1)] = now;
            double stale = t < tau ? 1.0 : past[(t + 1) % (tau + 1)];
            lambda[0] = stale;
            rule.correct(cell);
            now += lambda[0] - stale;
            early = t < STEPS / 3 ? Math.max(early, Math.abs(now)) : early;
            late = t > 2 * STEPS / 3 ? Math.max(late, Math.abs(now)) : late;
        }
        return late < early; // NaN and infinity are not
    }

    private static CellState cell(AugmentedLagrangian rule) {
        return new CellState(
                        1,
                        new double[] {1.0},
                        1,
                        1,
                        StandardActivation.LINEAR,
                        Elementary.STRICT,
                        null,
                        null)
                .remembering(rule.traits().memory(), 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8})
    void theLargestStepIsThePredictedOne(int tau) {
        double predicted = bound(tau);
        assertTrue(settles(0.995 * predicted, tau), "below " + predicted);
        if (tau > 0) { // tau = 0 is refused at the bound
            assertFalse(settles(1.005 * predicted, tau), "above " + predicted);
        }
    }

    /** The values of the publication's note for k = rho = 1. */
    @Test
    void thePredictionIsThePublishedTable() {
        double[] published = {2.0, 1.0, 0.618, 0.347, 0.185};
        int[] taus = {0, 1, 2, 4, 8};
        for (int t = 0; t < taus.length; t++) {
            assertEquals(published[t], bound(taus[t]) / RHO, 5e-4);
        }
    }

    @Test
    void aStepThatNoMultiplierSurvivesIsRefused() {
        for (double alpha : new double[] {2.0 * RHO, -1e-9, Double.NaN}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new AugmentedLagrangian(RHO, alpha));
            assertTrue(e.getMessage().startsWith("alpha: "), e.getMessage());
        }
        for (double rho : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new AugmentedLagrangian(rho, 0.0));
            assertTrue(e.getMessage().startsWith("rho: "), e.getMessage());
        }
    }
}
