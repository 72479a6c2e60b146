package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryTest {
    /** Each function is specified to an ulp or two, so that two of them differ by 4 at most. */
    private static final double ULPS_BETWEEN_KINDS = 4;

    @Test
    void theFastTanhIsWithinAFewUlpOfTheStrictOne() {
        for (int k = 0; k < 200_000; k++) {
            double x = sample(k);
            near(Elementary.STRICT.tanh(x), Elementary.FAST.tanh(x), "tanh " + x);
        }
    }

    /** The branch between the two formulas of the fast tanh is where it would show a seam. */
    @Test
    void theFastTanhHasNoSeam() {
        double x = 0.55;
        for (int k = 0; k < 200; k++) {
            x = Math.nextDown(x);
        }
        double last = Elementary.FAST.tanh(x);
        for (int k = 0; k < 400; k++) {
            x = Math.nextUp(x);
            double now = Elementary.FAST.tanh(x);
            near(Elementary.STRICT.tanh(x), now, "tanh " + x);
            assertTrue(Math.abs(now - last) <= 4 * Math.ulp(now), "step at " + x);
            last = now;
        }
    }

    @Test
    void fastAndStrictAgreeOnEveryFunction() {
        for (int k = 0; k < 50_000; k++) {
            double x = sample(k);
            near(Elementary.STRICT.exp(x), Elementary.FAST.exp(x), "exp " + x);
            near(Elementary.STRICT.expm1(x), Elementary.FAST.expm1(x), "expm1 " + x);
            double y = Math.abs(x);
            near(Elementary.STRICT.log1p(y), Elementary.FAST.log1p(y), "log1p " + y);
        }
    }

    /** tanh x = x - x^3/3 + ...: below 1e-8 the first term is the double nearest to tanh x. */
    @ParameterizedTest
    @EnumSource
    void tinyArgumentsKeepTheirRelativeAccuracy(Elementary math) {
        for (double x : new double[] {1e-300, 1e-100, 1e-20, 1e-9, -1e-9, -1e-300}) {
            assertEquals(x, math.tanh(x), Math.ulp(x));
            assertEquals(x, math.expm1(x), Math.abs(x) * 1e-9 + Math.ulp(x));
            assertEquals(x, math.log1p(x), Math.abs(x) * 1e-9 + Math.ulp(x));
        }
        assertEquals(0.0, math.tanh(0.0));
    }

    @ParameterizedTest
    @EnumSource
    void tanhIsOddBoundedAndSaturates(Elementary math) {
        for (int k = 0; k < 1000; k++) {
            double x = sample(k);
            assertEquals(-math.tanh(x), math.tanh(-x));
            assertTrue(Math.abs(math.tanh(x)) <= 1.0);
        }
        for (double x : new double[] {20, 400, 1e300, Double.POSITIVE_INFINITY}) {
            assertEquals(1.0, math.tanh(x));
            assertEquals(-1.0, math.tanh(-x));
        }
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStaysNotANumber(Elementary math) {
        assertTrue(Double.isNaN(math.tanh(Double.NaN)));
        assertTrue(Double.isNaN(math.exp(Double.NaN)));
        assertTrue(Double.isNaN(math.expm1(Double.NaN)));
        assertTrue(Double.isNaN(math.log1p(Double.NaN)));
    }

    @Test
    void strictIsStrictMathToTheBit() {
        for (int k = 0; k < 1000; k++) {
            double x = sample(k);
            assertEquals(StrictMath.tanh(x), Elementary.STRICT.tanh(x));
            assertEquals(StrictMath.exp(x), Elementary.STRICT.exp(x));
            assertEquals(StrictMath.expm1(x), Elementary.STRICT.expm1(x));
            assertEquals(StrictMath.log1p(Math.abs(x)), Elementary.STRICT.log1p(Math.abs(x)));
        }
    }

    private static void near(double expected, double actual, String what) {
        assertEquals(expected, actual, ULPS_BETWEEN_KINDS * Math.ulp(expected), what);
    }

    /** Both signs, magnitudes from 1e-12 to 25, half of them between 0 and 2. */
    private static double sample(int k) {
        double u = CounterRandom.uniform(8, 0, 2L * k);
        double size =
                k % 2 == 0 ? 2 * u : StrictMath.pow(10, -12 + (12 + StrictMath.log10(25)) * u);
        return CounterRandom.uniform(8, 0, 2L * k + 1) < 0.5 ? -size : size;
    }
}
