package org.relaxon.model.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;

class HolomorphicTest {
    private static final double[] REAL = {-40, -3, -0.7, -1e-9, 0, 1e-5, 0.3, 1.1, 2.5, 40};
    private static final double[] IMAGINARY = {-1.2, -0.4, -1e-8, 0, 1e-6, 0.2, 0.9, 1.4};

    private static double[] f(Holomorphic f, double re, double im) {
        double[] out = {7, 7, 7, 7};
        f.value(re, im, out, 2, 1);
        assertEquals(7, out[0]);
        assertEquals(7, out[3]);
        return new double[] {out[2], out[1]};
    }

    private interface At {
        void of(double re, double im);
    }

    private static void everywhere(At at) {
        for (double re : REAL) {
            for (double im : IMAGINARY) {
                at.of(re, im);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onTheRealLineItIsTheRealFunction(Holomorphic h) {
        StandardActivation f = StandardActivation.valueOf(h.name());
        assertSame(h, Holomorphic.of(f));
        for (double re : REAL) {
            double expected = f.value(re, Elementary.STRICT);
            assertEquals(expected, f(h, re, 0.0)[0], 1e-15 * Math.abs(expected) + 1e-16, "" + re);
            assertEquals(0.0, f(h, re, 0.0)[1]);
        }
    }

    /** Bit for bit, which is why half of the roots of unity need not be settled. */
    @ParameterizedTest
    @EnumSource
    void theConjugateOfTheArgumentGivesTheConjugateOfTheValue(Holomorphic h) {
        everywhere(
                (re, im) -> {
                    double[] up = f(h, re, im);
                    double[] down = f(h, re, -im);
                    assertEquals(up[0], down[0], h + " at " + re + ", " + im);
                    assertEquals(up[1] + 0.0, -down[1] + 0.0, h + " at " + re + ", " + im);
                });
    }

    /** u_x = v_y and u_y = -v_x, by central differences. */
    @ParameterizedTest
    @EnumSource
    void theEquationsOfCauchyAndRiemannHold(Holomorphic h) {
        double step = 1e-5;
        double[] twin = new double[1];
        everywhere(
                (re, im) -> {
                    double[] right = f(h, re + step, im);
                    double[] left = f(h, re - step, im);
                    double[] up = f(h, re, im + step);
                    double[] down = f(h, re, im - step);
                    double ux = (right[0] - left[0]) / (2 * step);
                    double vx = (right[1] - left[1]) / (2 * step);
                    double uy = (up[0] - down[0]) / (2 * step);
                    double vy = (up[1] - down[1]) / (2 * step);
                    double room = 2e-7 * (1 + ux * ux + vx * vx); // grows towards the poles
                    assertEquals(ux, vy, room, h + " at " + re + ", " + im);
                    assertEquals(uy, -vx, room, h + " at " + re + ", " + im);
                    twin[0] = Math.max(twin[0], Math.abs(ux + vy));
                });
        assertTrue(twin[0] > 0.1, "the conjugate would pass");
    }

    /** tanh z (e^z + e^-z) = e^z - e^-z and its like, away from overflow. */
    @Test
    void theDefiningIdentitiesHold() {
        everywhere(
                (re, im) -> {
                    if (Math.abs(re) > 5) {
                        return;
                    }
                    String where = "at " + re + ", " + im;
                    double[] e = exp(re, im);
                    double[] n = exp(-re, -im);
                    double[] sum = {e[0] + n[0], e[1] + n[1]};
                    double[] left = times(f(Holomorphic.TANH, re, im), sum);
                    double room = 1e-13 * (1 + Math.abs(e[0]) + Math.abs(n[0]));
                    assertEquals(e[0] - n[0], left[0], room, where);
                    assertEquals(e[1] - n[1], left[1], room, where);

                    double[] s =
                            times(f(Holomorphic.SIGMOID, re, im), new double[] {1 + n[0], n[1]});
                    assertEquals(1.0, s[0], room, where);
                    assertEquals(0.0, s[1], room, where);

                    double[] plus = f(Holomorphic.SOFTPLUS, re, im);
                    double[] back = exp(plus[0], plus[1]);
                    assertEquals(1 + e[0], back[0], room, where);
                    assertEquals(e[1], back[1], room, where);
                    assertTrue(Math.abs(plus[1]) <= Math.PI, where);
                });
    }

    private static double[] exp(double re, double im) {
        double size = Math.exp(re);
        return new double[] {size * Math.cos(im), size * Math.sin(im)};
    }

    private static double[] times(double[] a, double[] b) {
        return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
    }

    /** Where the direct formulas would overflow. */
    @Test
    void farOutTheValuesAreTheLimits() {
        for (double im : IMAGINARY) {
            assertEquals(1.0, f(Holomorphic.TANH, 800, im)[0], 1e-15);
            assertEquals(-1.0, f(Holomorphic.TANH, -800, im)[0], 1e-15);
            assertEquals(0.0, f(Holomorphic.SIGMOID, -800, im)[0], 1e-15);
            assertEquals(800.0, f(Holomorphic.SOFTPLUS, 800, im)[0], 1e-12);
            assertEquals(im, f(Holomorphic.SOFTPLUS, 800, im)[1], 1e-15);
            assertEquals(0.0, f(Holomorphic.SOFTPLUS, -800, im)[0], 1e-15);
        }
    }

    /**
     * A flipped sign of the argument flips every bit's sign, so that a mirrored net is mirrored.
     */
    @Test
    void theContinuationOfTanhIsOddBitForBit() {
        everywhere(
                (re, im) -> {
                    double[] plus = f(Holomorphic.TANH, re, im);
                    double[] minus = f(Holomorphic.TANH, -re, -im);
                    assertEquals(plus[0] + 0.0, -minus[0] + 0.0, re + ", " + im);
                    assertEquals(plus[1] + 0.0, -minus[1] + 0.0, re + ", " + im);
                });
    }

    /** The same of the real increment, on both sides of where its formula changes. */
    @Test
    void theIncrementOfTanhIsOddBitForBit() {
        for (int k = 0; k < 2000; k++) {
            double a = 1.5 * CounterRandom.normal(3, 1, k);
            double h = CounterRandom.normal(3, 2, k) * (k % 2 == 0 ? 1 : 1e-6);
            double value = StandardActivation.TANH.value(a, Elementary.STRICT);
            double plus = StandardActivation.TANH.increment(a, value, h, Elementary.STRICT);
            double minus = StandardActivation.TANH.increment(-a, -value, -h, Elementary.STRICT);
            assertEquals(plus, -minus, "at " + a + ", " + h);
        }
    }

    @Test
    void anActivationWithKinksIsRefusedByName() {
        for (StandardActivation f :
                new StandardActivation[] {
                    StandardActivation.RELU, StandardActivation.HARD_SIGMOID
                }) {
            String said =
                    assertThrows(IllegalArgumentException.class, () -> Holomorphic.of(f))
                            .getMessage();
            assertTrue(said.contains(f.optionName()) && said.contains("tanh"), said);
        }
    }
}
