package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;

class SlopeIntegralTest {
    private static final double[] DRIVES = {-3, -0.8, 0, 0.3, 2};
    private static final double[] STEPS = {-7, -1.2, -0.1, 0.05, 0.9, 4};

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SIGMOID", "SOFTPLUS"})
    void theIncrementIsTheDifferenceOfValues(StandardActivation f) {
        for (double a : DRIVES) {
            for (double h : STEPS) {
                double difference = Elementwise.value(f, a + h) - Elementwise.value(f, a);
                assertEquals(
                        difference,
                        SlopeIntegral.of(f, a, h).increment(),
                        2e-15 * (1 + Math.abs(h)));
            }
        }
    }

    /** tanh: G = x atanh x + log(1 - x^2) / 2 and G* = log cosh a, worked out by hand. */
    @Test
    void theWorkIsTheFenchelYoungDivergenceOfTanh() {
        for (double a : DRIVES) {
            for (double h : STEPS) {
                double x = StrictMath.tanh(a + h);
                double g = x * (a + h) - StrictMath.log(StrictMath.cosh(a + h));
                double divergence = g + StrictMath.log(StrictMath.cosh(a)) - x * a;
                double found = SlopeIntegral.of(StandardActivation.TANH, a, h).work();

                assertEquals(divergence, found, 1e-14);
                assertTrue(found > 0);
            }
        }
    }

    /** sigmoid: G = x log x + (1 - x) log(1 - x) and G* = log(1 + e^a). */
    @Test
    void theWorkIsTheFenchelYoungDivergenceOfTheSigmoid() {
        for (double a : DRIVES) {
            for (double h : STEPS) {
                double x = 1 / (1 + StrictMath.exp(-a - h));
                double g = x * StrictMath.log(x) + (1 - x) * StrictMath.log(1 - x);
                double divergence = g + StrictMath.log(1 + StrictMath.exp(a)) - x * a;

                assertEquals(
                        divergence,
                        SlopeIntegral.of(StandardActivation.SIGMOID, a, h).work(),
                        1e-14);
            }
        }
    }

    @Test
    void aTinyStepKeepsItsRelativeAccuracy() {
        double a = 0.7;
        double h = 1e-12;
        double slope = Elementwise.slope(StandardActivation.TANH, a);
        SlopeIntegral found = SlopeIntegral.of(StandardActivation.TANH, a, h);

        assertEquals(slope * h, found.increment(), 1e-11 * h);
        assertEquals(slope * h * h / 2, found.work(), 1e-11 * h * h);
        double subtracted = StrictMath.tanh(a + h) - StrictMath.tanh(a);
        assertTrue(Math.abs(subtracted - slope * h) > 1e-7 * h, "a subtraction does not");
    }

    @Test
    void notANumberStays() {
        assertTrue(
                Double.isNaN(SlopeIntegral.of(StandardActivation.TANH, Double.NaN, 1).increment()));
        assertTrue(
                Double.isNaN(
                        SlopeIntegral.of(StandardActivation.TANH, 0, Double.POSITIVE_INFINITY)
                                .work()));
    }
}
