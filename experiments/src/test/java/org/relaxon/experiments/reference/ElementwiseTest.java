package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

class ElementwiseTest {
    /** The cells' tanh slope (1 - t)(1 + t) has lost this much relative accuracy at |a| = 3. */
    private static final double RELATIVE = 1e-13;

    @ParameterizedTest
    @EnumSource
    void valuesAndSlopesAgreeWithTheOnesThatCellsUse(StandardActivation f) {
        for (double a = -3.03; a <= 3.03; a += 0.0625) {
            double value = f.value(a, Elementary.STRICT);
            double slope = f.slope(a, value, Elementary.STRICT);

            assertEquals(value, Elementwise.value(f, a), RELATIVE * Math.abs(value));
            assertEquals(slope, Elementwise.slope(f, a), RELATIVE * slope);
        }
    }

    @ParameterizedTest
    @EnumSource
    void slopesAgreeWithCentralDifferencesOfValues(StandardActivation f) {
        double h = 1e-5;
        for (double a = -3.03; a <= 3.03; a += 0.0625) {
            double difference =
                    (Elementwise.value(f, a + h) - Elementwise.value(f, a - h)) / (2 * h);

            assertEquals(difference, Elementwise.slope(f, a), 1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void curvaturesAgreeWithCentralDifferencesOfSlopes(StandardActivation f) {
        double h = 1e-5;
        for (double a = -3.03; a <= 3.03; a += 0.0625) {
            double difference =
                    (Elementwise.slope(f, a + h) - Elementwise.slope(f, a - h)) / (2 * h);

            assertEquals(difference, Elementwise.curvature(f, a), 1e-9);
        }
        assertTrue(Double.isNaN(Elementwise.curvature(f, Double.NaN)));
    }

    @ParameterizedTest
    @EnumSource
    void farOutEverythingIsFiniteAndNotANumberStays(StandardActivation f) {
        for (double a : new double[] {-1e4, -40, 40, 1e4}) {
            assertTrue(Double.isFinite(Elementwise.value(f, a)));
            assertTrue(Elementwise.slope(f, a) >= 0 && Elementwise.slope(f, a) <= 1);
        }
        assertTrue(Double.isNaN(Elementwise.value(f, Double.NaN)));
        assertTrue(Double.isNaN(Elementwise.slope(f, Double.NaN)));
    }
}
