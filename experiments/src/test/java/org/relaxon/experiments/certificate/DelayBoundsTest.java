package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both bounds solve the equations that they are said to solve. */
class DelayBoundsTest {
    /** (1 + i w)^2 = -i k w exp(-2 i w eta d), in modulus and phase. */
    @ParameterizedTest
    @ValueSource(doubles = {2.25, 2.5, 4.0, 20.0})
    void theUpperBoundLiesOnTheBoundaryOfStability(double k) {
        double product = DelayBounds.of(k).free();
        double w = (k + Math.sqrt(k * k - 4.0)) / 2.0;

        double re = 1.0 - w * w + k * w * -Math.sin(-2.0 * w * product);
        double im = 2.0 * w + k * w * Math.cos(-2.0 * w * product);

        assertEquals(0.0, re, 1e-9 * k * k);
        assertEquals(0.0, im, 1e-9 * k * k);
        assertTrue(product > DelayBounds.of(k).held());
    }

    @Test
    void weakLoopsHaveNoBounds() {
        assertEquals(Double.POSITIVE_INFINITY, DelayBounds.of(1.99).free());
        assertEquals(Double.POSITIVE_INFINITY, DelayBounds.of(0.9).held());
        assertTrue(Double.isFinite(DelayBounds.of(1.99).held()));
    }

    /** Euler steps of the linear chain itself: below they decay, above they grow. */
    @ParameterizedTest
    @ValueSource(doubles = {2.25, 3.0, 6.0})
    void aSimulatedChainTurnsThere(double k) {
        double product = DelayBounds.of(k).free();

        assertTrue(growth(k, 0.93 * product) < 1.0);
        assertTrue(growth(k, 1.07 * product) > 1.0);
    }

    /**
     * Largest |x| late over largest |x| before, of x' = -x + J e(t-d), y' = -e, e = y - J x(t-d).
     */
    private static double growth(double k, double product) {
        double j = Math.sqrt(k);
        double h = product / 400; // in units of 1 / eta; the delay is 400 of them
        int delay = 400;
        int steps = 200_000;
        double[] x = new double[steps + 1];
        double[] y = new double[steps + 1];
        double[] e = new double[steps + 1];
        x[0] = 1.0;
        for (int t = 0; t < steps; t++) {
            e[t] = y[t] - j * (t < delay ? 0.0 : x[t - delay]);
            double back = t < delay ? 0.0 : e[t - delay];
            x[t + 1] = x[t] + h * (-x[t] + j * back);
            y[t + 1] = y[t] - h * e[t];
        }
        return largest(x, steps - steps / 5, steps) / largest(x, steps / 5, 2 * steps / 5);
    }

    private static double largest(double[] x, int from, int to) {
        double most = 0.0;
        for (int t = from; t < to; t++) {
            most = Math.max(most, Math.abs(x[t]));
        }
        return most;
    }
}
