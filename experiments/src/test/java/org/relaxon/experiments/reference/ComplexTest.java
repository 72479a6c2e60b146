package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;

class ComplexTest {
    @Test
    void productsFollowTheRuleThatISquaredIsMinusOne() {
        Complex z = new Complex(1, 2).times(new Complex(3, -5));

        assertEquals(new Complex(13, 1), z);
        assertEquals(new Complex(10, 6), z.minus(new Complex(3, -5)));
    }

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SIGMOID", "SOFTPLUS"})
    void onTheRealAxisTheyAreTheRealFunctions(StandardActivation f) {
        for (double a : new double[] {-1000, -30, -3.1, -1e-9, 0, 0.4, 2.7, 30, 1000}) {
            Complex z = new Complex(a, 0);
            double value = Elementwise.value(f, a);

            assertEquals(value, z.rate(f).re(), 1e-15 * Math.max(1, Math.abs(value)));
            assertEquals(0.0, z.rate(f).im());
            assertEquals(Elementwise.slope(f, a), z.rateSlope(f).re(), 1e-15);
        }
    }

    /** df/dx = f' and df/dy = i f', which only an analytic function satisfies. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "TANH", "SIGMOID", "SOFTPLUS"})
    void offTheRealAxisTheyAreAnalytic(StandardActivation f) {
        double h = 1e-5;
        for (double x : new double[] {-25, -1.3, -0.1, 0, 0.2, 1.7, 25}) {
            for (double y : new double[] {-1.1, -0.3, 0.2, 1.2}) {
                Complex slope = new Complex(x, y).rateSlope(f);
                Complex along = difference(f, x + h, y, x - h, y, h);
                Complex across = difference(f, x, y + h, x, y - h, h);

                assertTrue(near(slope, along));
                assertTrue(near(slope.times(new Complex(0, 1)), across));
                if (Math.abs(slope.im()) > 1e-3) { // the conjugate is seen
                    assertFalse(near(new Complex(slope.re(), -slope.im()), along));
                }
            }
        }
    }

    @Test
    void kinksDoNotContinue() {
        assertFalse(Complex.continues(StandardActivation.RELU));
        assertFalse(Complex.continues(StandardActivation.HARD_SIGMOID));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Complex(1, 1).rate(StandardActivation.RELU));
    }

    private static Complex difference(
            StandardActivation f, double x, double y, double u, double v, double h) {
        return new Complex(x, y).rate(f).minus(new Complex(u, v).rate(f)).times(0.5 / h);
    }

    private static boolean near(Complex a, Complex b) {
        return Math.hypot(a.re() - b.re(), a.im() - b.im())
                <= 1e-8 * (1 + Math.hypot(a.re(), a.im()));
    }
}
