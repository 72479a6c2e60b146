package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The bound against simulations of the loops that it speaks of. */
class StepLimitTest {
    @Test
    void theLoopOfPredictiveCodingSettlesBelowTheBoundAndNotAbove() {
        for (double k : new double[] {1.2, 2.3, 6.0}) {
            double bound = StepLimit.loop(k);

            assertTrue(loopSettles(k, 0.95 * bound / 200, 200), "k " + k);
            assertFalse(loopSettles(k, 1.05 * bound / 200, 200), "k " + k);
        }
    }

    /** The planted mistakes: a factor 2 of the delay, and a lost sign of the arc cosine. */
    @Test
    void aWrongFactorOrSignIsSeen() {
        double k = 2.3;
        assertFalse(loopSettles(k, 0.95 * 2 * StepLimit.loop(k) / 200, 200));
        double withoutSign = Math.acos(1 / k) / (2 * Math.sqrt(k * k - 1));
        assertTrue(loopSettles(k, 1.05 * withoutSign / 200, 200));
    }

    @Test
    void belowGainOneNoDelayDestabilises() {
        assertEquals(Double.POSITIVE_INFINITY, StepLimit.loop(0.9));
        assertTrue(loopSettles(0.9, 0.02, 3000));
        assertTrue(Double.isNaN(StepLimit.loop(Double.NaN)));
    }

    /** Gains and predictions of the table of five networks that the theory was tried on. */
    @Test
    void givesThePredictionsOfTheMeasuredNetworks() {
        assertEquals(0.49, StepLimit.loop(2.29), 0.005);
        assertEquals(0.45, StepLimit.loop(2.44), 0.005);
        assertEquals(0.54, StepLimit.loop(2.16), 0.005);
    }

    /** m = -1.5 with one delay in its loop, as a pool of inhibiting cells has it. */
    @Test
    void aHopfieldModeSettlesBelowTheBoundAndNotAbove() {
        SymmetricSpectrum m = new SymmetricSpectrum(-1.5, 0.4, true);
        double limit = StepLimit.hopfield(m, 300);

        assertTrue(modeSettles(-1.5, 0.95 * limit, 300));
        assertFalse(modeSettles(-1.5, 1.05 * limit, 300));
    }

    @Test
    void aHopfieldModeAboveOneHasNoStableStep() {
        assertEquals(0.0, StepLimit.hopfield(new SymmetricSpectrum(-1.2, 1.2, true), 0.0));
        assertFalse(modeSettles(1.2, 1e-2, 0));
    }

    /** Without delay: two layers with m = +-.8 overshoot from 2 / 1.8 on. */
    @Test
    void stepsAreCappedWithoutDelay() {
        SymmetricSpectrum m = new SymmetricSpectrum(-0.8, 0.8, true);
        double limit = StepLimit.hopfield(m, 0.0);

        assertEquals(2 / 1.8, limit, 1e-15);
        assertTrue(modeSettles(-0.8, 0.99 * limit, 0));
        assertFalse(modeSettles(-0.8, 1.01 * limit, 0));
        SymmetricSpectrum unknown = new SymmetricSpectrum(Double.NaN, Double.NaN, true);
        assertTrue(Double.isNaN(StepLimit.hopfield(unknown, 1.0)));
        assertTrue(Double.isNaN(StepLimit.divergence(Double.NaN, 0.1, 1.0)));
        assertEquals(2 / (4 + 0.5), StepLimit.divergence(1.0, 0.5, 1e9), 1e-15);
    }

    /** x(t+1) = x - eta (x + k e), where e hears x and x hears e {@code delay} ticks late. */
    private static boolean loopSettles(double k, double eta, int delay) {
        int ticks = (int) (2000 / eta);
        double[] x = new double[ticks];
        double[] e = new double[ticks];
        x[0] = 1;
        for (int t = 0; t + 1 < ticks; t++) {
            e[t] = t < delay ? 0 : -x[t - delay];
            double heard = t < delay ? 0 : k * e[t - delay];
            x[t + 1] = x[t] + eta * (-x[t] + heard);
        }
        return settles(x);
    }

    private static boolean modeSettles(double m, double eta, int delay) {
        double[] z = new double[(int) (2000 / eta)];
        z[0] = 1;
        for (int t = 0; t + 1 < z.length; t++) {
            z[t + 1] = z[t] + eta * (-z[t] + (t < delay ? 0 : m * z[t - delay]));
        }
        return settles(z);
    }

    /** Whether the last tenth is weaker than the fifth one. */
    private static boolean settles(double[] x) {
        double middle = largest(x, x.length * 4 / 10, x.length * 5 / 10);
        double late = largest(x, x.length * 9 / 10, x.length);
        return late < 0.8 * middle || late < 1e-100;
    }

    private static double largest(double[] x, int from, int to) {
        double most = 0;
        for (int t = from; t < to; t++) {
            most = Math.max(most, Math.abs(x[t])); // hands NaN on, and the comparison fails
        }
        return most;
    }
}
