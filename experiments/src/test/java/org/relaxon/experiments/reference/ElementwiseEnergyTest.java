package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;

class ElementwiseEnergyTest {
    private static final double[] SIZES = {1e-12, 1e-6, 1e-3, 0.3, 0.99, 1.5, 20};

    @ParameterizedTest
    @EnumSource
    void incrementsAreDifferencesOfValues(StandardActivation f) {
        for (double a = -30.03; a <= 30; a += 0.375) {
            for (double size : SIZES) {
                for (double h : new double[] {size, -size}) {
                    double difference = Elementwise.value(f, a + h) - Elementwise.value(f, a);
                    double scale = 1 + Math.abs(a) + size;

                    assertEquals(difference, Elementwise.increment(f, a, h), 4e-16 * scale);
                }
            }
        }
    }

    /** To first order f'(a) h, of which the plain difference would keep no digit. */
    @ParameterizedTest
    @EnumSource
    void tinyIncrementsKeepTheirDigits(StandardActivation f) {
        for (double a = -8.03; a <= 8; a += 0.375) {
            for (double h : new double[] {1e-17, -1e-17}) {
                double expected = Elementwise.slope(f, a) * h;
                // softplus below -1 is accurate to eps |h| only, not to eps of itself
                double tolerance = 1e-14 * Math.abs(expected) + 2e-16 * Math.abs(h);

                assertEquals(expected, Elementwise.increment(f, a, h), tolerance);
            }
        }
        assertTrue(Double.isNaN(Elementwise.increment(f, 0.3, Double.NaN)));
        assertTrue(Double.isNaN(Elementwise.increment(f, Double.NaN, 0.3)) || linear(f));
    }

    /** G' = f^-1, so dG(f(a))/da = a f'(a); both forms of G. */
    @ParameterizedTest
    @EnumSource
    void costsHaveTheInverseAsDerivative(StandardActivation f) {
        double h = 1e-4;
        for (double a = -6.03; a <= 6; a += 0.125) {
            double byDrive =
                    (Elementwise.costAt(f, a + h) - Elementwise.costAt(f, a - h)) / (2 * h);

            assertEquals(a * Elementwise.slope(f, a), byDrive, 2e-8);
            assertEquals(
                    Elementwise.costAt(f, a), Elementwise.cost(f, Elementwise.value(f, a)), 1e-14);
        }
    }

    @Test
    void costsAtKnownPointsAndOutOfRange() {
        double log2 = StrictMath.log(2);
        assertEquals(0.0, Elementwise.cost(StandardActivation.TANH, 0), 1e-16);
        assertEquals(log2, Elementwise.cost(StandardActivation.TANH, -1), 1e-16);
        assertEquals(log2, Elementwise.costAt(StandardActivation.TANH, 400), 1e-16);
        assertEquals(-log2, Elementwise.cost(StandardActivation.SIGMOID, 0.5), 1e-16);
        assertEquals(0.0, Elementwise.cost(StandardActivation.SIGMOID, 1), 1e-16);
        assertEquals(0.0, Elementwise.costAt(StandardActivation.SIGMOID, -800), 1e-16);
        // Li2(1) = pi^2 / 6 and Li2(1/2) = pi^2 / 12 - log^2(2) / 2 (Euler)
        double pi2 = Math.PI * Math.PI;
        assertEquals(pi2 / 6, Elementwise.cost(StandardActivation.SOFTPLUS, 0), 1e-15);
        assertEquals(pi2 / 12, Elementwise.cost(StandardActivation.SOFTPLUS, log2), 1e-15);
        assertEquals(-0.25, Elementwise.cost(StandardActivation.HARD_SIGMOID, 0.5), 1e-16);
        assertEquals(2.0, Elementwise.cost(StandardActivation.RELU, 2), 1e-16);

        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.TANH, 1.01)));
        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.SIGMOID, -0.01)));
        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.SOFTPLUS, -0.01)));
        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.RELU, -0.01)));
        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.HARD_SIGMOID, 1.01)));
        assertTrue(Double.isNaN(Elementwise.cost(StandardActivation.SOFTPLUS, Double.NaN)));
    }

    private static boolean linear(StandardActivation f) {
        return f == StandardActivation.LINEAR;
    }
}
