package org.relaxon.model.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;

class LossTest {
    /** Three neurons by two columns; everything is asked at column 1. */
    private static final int N = 3;

    private static final int STRIDE = 2;

    /** mu = 1, T = 3, beta = 1/3: e = (1/3) 2 / (4/3) = 1/2, so x = 1.5. */
    @Test
    void theSquaredNudgeOnPaper() {
        double[] e = new double[1];
        StandardLoss.SQUARED.nudge(
                new double[] {1}, new double[] {3}, 1.0 / 3, 1, 1, 0, Elementary.STRICT, e);
        assertEquals(0.5, e[0], 1e-15);
        assertEquals(
                1.125,
                StandardLoss.SQUARED.value(new double[] {1.5}, new double[] {3}, 1, 1, 0),
                1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -0.5, -1e-6, 1e-9, 1e-4, 0.1, 1, 10, 1e6})
    void theSquaredNudgeIsTheLowestPointOfItsEnergy(double beta) {
        double[] mu = random(1);
        double[] target = random(2);
        double[] e = nudged(StandardLoss.SQUARED, mu, target, beta);
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            // stationary: e + beta (mu + e - T) = 0, up to the rounding of its three terms
            double stationary = e[i] + beta * (mu[i] + e[i] - target[i]);
            assertEquals(0.0, stationary, 1e-15 * (1 + Math.abs(beta)));
        }
        double least = energy(StandardLoss.SQUARED, mu, e, target, beta);
        assertLowest(StandardLoss.SQUARED, mu, e, target, beta, least);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.5, -0.5, -1e-6, 1e-9, 1e-4, 0.1, 1, 1.5})
    void theCrossEntropyNudgeIsTheLowestPointOfItsEnergy(double beta) {
        double[] mu = random(3);
        double[] target = oneHot(2);
        double[] e = nudged(StandardLoss.CROSS_ENTROPY, mu, target, beta);
        double least = energy(StandardLoss.CROSS_ENTROPY, mu, e, target, beta);
        assertLowest(StandardLoss.CROSS_ENTROPY, mu, e, target, beta, least);
    }

    /** A line search along each axis and along random directions finds nothing lower. */
    private static void assertLowest(
            Loss loss, double[] mu, double[] e, double[] target, double beta, double least) {
        for (int k = 0; k < 200; k++) {
            double[] moved = e.clone();
            double size = StrictMath.pow(10, -3 * CounterRandom.uniform(5, 0, k));
            for (int i = 1, axis = 0; i < N * STRIDE; i += STRIDE, axis++) {
                double direction = CounterRandom.normal(5, 1 + axis, k);
                moved[i] += k % 4 == axis ? size : k % 4 == 3 ? size * direction : 0.0;
            }
            double there = energy(loss, mu, moved, target, beta);
            assertTrue(there > least - 1e-14 * (1 + Math.abs(beta)), "lower by moving " + size);
        }
    }

    private static double energy(Loss loss, double[] mu, double[] e, double[] target, double beta) {
        double[] x = new double[mu.length];
        double half = 0.0;
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            x[i] = mu[i] + e[i];
            half += 0.5 * e[i] * e[i];
        }
        return half + beta * loss.value(x, target, N, STRIDE, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.2, -0.3, 1e-9, 1e-4, 0.5, 1, 1.4})
    void theCrossEntropyNudgeSolvesItsEquationToRoundOff(double beta) {
        for (int seed = 0; seed < 200; seed++) {
            double[] mu = random(10 + seed);
            double[] target = seed % 2 == 0 ? oneHot(seed % N) : new double[] {9, .5, 9, .2, 9, .3};
            for (Elementary math : Elementary.values()) {
                double[] e = new double[N * STRIDE];
                StandardLoss.CROSS_ENTROPY.nudge(mu, target, beta, N, STRIDE, 1, math, e);
                assertSolves(mu, target, beta, e, seed);
            }
        }
    }

    /**
     * Near the ends of the allowed range plain iteration shrinks its error by |beta|/2 a step only;
     * logits are chosen so that the solution has two equal probabilities, where that is the rate.
     */
    @ParameterizedTest
    @ValueSource(doubles = {-1.99, -1.9, -1.7, 1.7, 1.9, 1.99})
    void theCrossEntropyNudgeConvergesOverItsWholeRange(double beta) {
        double distance = beta < 0 ? -beta / 2 : 0.01;
        double[] mu = {distance, -distance};
        double[] target = beta < 0 ? new double[] {1, 0} : new double[] {0.5, 0.5};
        double[] e = new double[2];
        StandardLoss.CROSS_ENTROPY.nudge(mu, target, beta, 2, 1, 0, Elementary.STRICT, e);
        double p = 1 / (1 + StrictMath.exp(mu[1] + e[1] - mu[0] - e[0]));
        assertEquals(beta * (target[0] - p), e[0], 1e-14, "residual of the stated equation");
        assertEquals(-e[0], e[1], 1e-14);
    }

    private static void assertSolves(
            double[] mu, double[] target, double beta, double[] e, int seed) {
        double sum = 0.0;
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            sum += StrictMath.exp(mu[i] + e[i]);
        }
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            double right = beta * (target[i] - StrictMath.exp(mu[i] + e[i]) / sum);
            assertEquals(right, e[i], 4e-15 * Math.abs(beta), "seed " + seed);
        }
    }

    /** Two equal logits and target (1, 0): by symmetry e = (d, -d) with d = beta / (1 + e^2d). */
    @Test
    void theCrossEntropyNudgeOnPaper() {
        double[] e = new double[2];
        StandardLoss.CROSS_ENTROPY.nudge(
                new double[] {0.3, 0.3}, new double[] {1, 0}, 1e-12, 2, 1, 0, Elementary.STRICT, e);
        assertEquals(0.5e-12, e[0], 1e-24);
        assertEquals(-0.5e-12, e[1], 1e-24);
        double loss =
                StandardLoss.CROSS_ENTROPY.value(
                        new double[] {0.3, 0.3}, new double[] {1, 0}, 2, 1, 0);
        assertEquals(Math.log(2), loss, 1e-15);
    }

    /** The softmax does not change when all logits move together; no logit is too large for it. */
    @Test
    void crossEntropyDoesNotOverflow() {
        double[] target = {1, 0, 0};
        double[] e = new double[3];
        double[] mu = {1000, 1001, -1e5};
        StandardLoss.CROSS_ENTROPY.nudge(mu, target, 0.01, 3, 1, 0, Elementary.STRICT, e);
        double[] small = new double[3];
        StandardLoss.CROSS_ENTROPY.nudge(
                new double[] {0, 1, -1e5}, target, 0.01, 3, 1, 0, Elementary.STRICT, small);
        for (int i = 0; i < 3; i++) {
            assertEquals(small[i], e[i], 1e-14);
        }
        double far = StandardLoss.CROSS_ENTROPY.value(mu, target, 3, 1, 0);
        assertEquals(1 + Math.log1p(Math.exp(-1)), far, 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void aNudgeReadsAndWritesItsOwnColumnOnly(StandardLoss loss) {
        double[] mu = random(4);
        double[] target = oneHot(0);
        double[] e = {7, 7, 7, 7, 7, 7};
        loss.nudge(mu, target, 0.1, N, STRIDE, 1, Elementary.STRICT, e);
        double[] other = mu.clone();
        for (int i = 0; i < N * STRIDE; i += STRIDE) {
            assertEquals(7, e[i]);
            other[i] = Double.NaN;
        }
        double[] again = {0, 1, 2, 3, 4, 5}; // what stood in e before does not matter either
        loss.nudge(other, target, 0.1, N, STRIDE, 1, Elementary.STRICT, again);
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            assertEquals(e[i], again[i]);
        }
        assertEquals(loss.value(mu, target, N, STRIDE, 1), loss.value(other, target, N, STRIDE, 1));
    }

    /** As beta goes to 0, e / beta goes to -dL/dx at x = mu. */
    @ParameterizedTest
    @EnumSource
    void aSmallNudgePointsDownTheLoss(StandardLoss loss) {
        double[] mu = random(6);
        double[] target = oneHot(1);
        double[] e = nudged(loss, mu, target, 1e-8);
        double h = 1e-5;
        for (int i = 1; i < N * STRIDE; i += STRIDE) {
            double[] up = mu.clone();
            double[] down = mu.clone();
            up[i] += h;
            down[i] -= h;
            double slope =
                    (loss.value(up, target, N, STRIDE, 1) - loss.value(down, target, N, STRIDE, 1))
                            / (2 * h);
            assertEquals(-slope, e[i] / 1e-8, 1e-7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStaysNotANumber(StandardLoss loss) {
        double[] mu = random(7);
        mu[3] = Double.NaN;
        double[] e = nudged(loss, mu, oneHot(1), 0.1);
        assertTrue(Double.isNaN(e[3]));
        assertTrue(Double.isNaN(loss.value(mu, oneHot(1), N, STRIDE, 1)));
    }

    @Test
    void theSquaredLossAllowsEveryFiniteBetaAboveMinusOne() {
        for (double beta : new double[] {-0.999, -1e-9, 0, 1e-9, 1, 5, 1e300}) {
            assertTrue(StandardLoss.SQUARED.accepts(beta), "beta " + beta);
        }
        double inf = Double.POSITIVE_INFINITY;
        for (double beta : new double[] {-1, -1.5, -inf, inf, Double.NaN}) {
            assertFalse(StandardLoss.SQUARED.accepts(beta), "beta " + beta);
        }
        assertEquals("finite and greater than -1", StandardLoss.SQUARED.betaRange());
    }

    @Test
    void crossEntropyAllowsBetaBetweenMinusTwoAndTwo() {
        for (double beta : new double[] {-1.9, -1e-9, 0, 1e-9, 1, 1.9}) {
            assertTrue(StandardLoss.CROSS_ENTROPY.accepts(beta), "beta " + beta);
        }
        double inf = Double.POSITIVE_INFINITY;
        for (double beta : new double[] {-2, 2, 3, -inf, inf, Double.NaN}) {
            assertFalse(StandardLoss.CROSS_ENTROPY.accepts(beta), "beta " + beta);
        }
        assertEquals("between -2 and 2", StandardLoss.CROSS_ENTROPY.betaRange());
    }

    @Test
    void onlyCrossEntropyCouplesOutputsAndNeedsThemLinear() {
        assertTrue(StandardLoss.CROSS_ENTROPY.couplesOutputs());
        assertFalse(StandardLoss.SQUARED.couplesOutputs());
        for (StandardActivation f : StandardActivation.values()) {
            assertTrue(StandardLoss.SQUARED.accepts(f));
            assertEquals(f == StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY.accepts(f));
        }
        assertEquals("cross-entropy", StandardLoss.CROSS_ENTROPY.optionName());
        assertEquals("squared", StandardLoss.SQUARED.optionName());
    }

    private static double[] nudged(Loss loss, double[] mu, double[] target, double beta) {
        double[] e = new double[N * STRIDE];
        loss.nudge(mu, target, beta, N, STRIDE, 1, Elementary.STRICT, e);
        return e;
    }

    private static double[] random(int stream) {
        double[] out = new double[N * STRIDE];
        for (int k = 0; k < out.length; k++) {
            out[k] = CounterRandom.normal(3, stream, k);
        }
        return out;
    }

    /** Target of column 1; column 0 holds what nobody may read. */
    private static double[] oneHot(int neuron) {
        double[] out = new double[N * STRIDE];
        for (int i = 0; i < N; i++) {
            out[i * STRIDE] = Double.NaN;
            out[i * STRIDE + 1] = i == neuron ? 1.0 : 0.0;
        }
        return out;
    }
}
