package org.relaxon.model.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.Elementary;

class StandardActivationTest {
    /** About 45 roundings; what an update at beta 1e-9 may lose without anybody noticing. */
    private static final double INCREMENT_BAR = 1e-14;

    private static final double[] SIZES = {
        1e-300, 1e-250, 1e-200, 1e-100, 1e-30, 1e-16, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2, 0.1, 0.5, 1, 2,
        3, 5, 10
    };

    /** Where f is neither saturated (smooth) nor within reach of rounding of a kink. */
    private static final double[] MODERATE = {
        0, 1e-300, 1e-20, 1e-9, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.5, 2, 2.5
    };

    @ParameterizedTest
    @EnumSource
    void valuesAgreeWithSixtyDigits(StandardActivation f) {
        for (Elementary math : Elementary.values()) {
            for (double size : new double[] {0, 1e-9, 0.1, 0.5, 0.9, 1, 2, 5, 12, 20.5, 30, 40}) {
                for (double a : new double[] {size, -size}) {
                    BigDecimal exact = Precise.value(f, a);
                    double error = Precise.relativeError(f.value(a, math), exact);
                    assertTrue(error <= 1e-15, f + "(" + a + ") off by " + error);
                }
            }
        }
    }

    /** Whatever the number of drives, of which vectors take several at a time. */
    @ParameterizedTest
    @EnumSource
    void manyDrivesHaveTheBitsOfOneAtATime(StandardActivation f) {
        for (Elementary math : Elementary.values()) {
            for (int n = 0; n <= 2 * SIZES.length; n++) {
                double[] a = new double[n];
                Arrays.setAll(a, k -> k % 2 == 0 ? SIZES[k / 2] : -SIZES[k / 2]);
                double[] values = new double[n];
                double[] slopes = new double[n];
                f.evaluate(a, values, slopes, math);
                for (int k = 0; k < n; k++) {
                    double value = f.value(a[k], math);
                    assertEquals(value, values[k], f + " at " + a[k]);
                    assertEquals(f.slope(a[k], value, math), slopes[k], f + "' at " + a[k]);
                }
            }
        }
    }

    /** A central difference is wrong by order h^2: halving h divides its error by four. */
    @ParameterizedTest
    @EnumSource
    void theSlopeIsTheLimitOfDifferencesToSecondOrder(StandardActivation f) {
        for (double a : new double[] {-2.3, -0.4, 0.35, 0.8, 2.7}) {
            double slope = f.slope(a, f.value(a, Elementary.STRICT), Elementary.STRICT);
            double coarse = Math.abs(difference(f, a, 0.02) - slope);
            double fine = Math.abs(difference(f, a, 0.01) - slope);
            if (f == StandardActivation.LINEAR || !f.smooth()) {
                assertEquals(0.0, fine, 1e-13, f + " at " + a); // a straight piece
            } else {
                assertEquals(2.0, Math.log(coarse / fine) / Math.log(2), 0.02, f + " at " + a);
            }
        }
    }

    /** Far out on both sides as well, where a slope is nearly 0 or nearly its limit. */
    @ParameterizedTest
    @EnumSource
    void slopesAgreeWithSixtyDigits(StandardActivation f) {
        double[] sizes = {1e-9, 0.1, 0.5, 0.9, 1.1, 2, 5, 12, 18, 20, 20.5, 25, 30, 36, 40, 200};
        for (Elementary math : Elementary.values()) {
            for (double size : sizes) {
                for (double a : new double[] {size, -size}) {
                    BigDecimal exact = Precise.slope(f, a);
                    double value = f.value(a, math);
                    double lost =
                            new BigDecimal(f.slope(a, value, math))
                                    .subtract(exact)
                                    .abs()
                                    .doubleValue();
                    // a slope that is computed from the value has the value's rounding
                    double allowed = 1e-15 * exact.doubleValue() + 2 * Math.ulp(value);
                    assertTrue(lost <= allowed, f + " " + math + " at " + a + " off by " + lost);
                }
            }
        }
    }

    private static double difference(StandardActivation f, double a, double h) {
        double up = f.value(a + h, Elementary.STRICT);
        return (up - f.value(a - h, Elementary.STRICT)) / (2 * h);
    }

    @ParameterizedTest
    @EnumSource
    void theIncrementKeepsItsRelativeAccuracyForAnyStep(StandardActivation f) {
        for (Elementary math : Elementary.values()) {
            for (double a0 : MODERATE) {
                for (double a : new double[] {a0, -a0}) {
                    for (double size : SIZES) {
                        for (double h : new double[] {size, -size}) {
                            assertAccurate(f, a, h, math);
                        }
                    }
                }
            }
        }
    }

    /** Saturated, and with steps that leave the saturation or that e^h overflows for. */
    @ParameterizedTest
    @EnumSource
    void theIncrementKeepsItsAccuracyFarFromZero(StandardActivation f) {
        double[] far = {3, 5, 8, 12, 18, 20, 25, 30};
        for (Elementary math : Elementary.values()) {
            for (double a0 : far) {
                for (double a : new double[] {a0, -a0}) {
                    for (double size : SIZES) {
                        assertAccurate(f, a, size, math);
                        assertAccurate(f, a, -size, math);
                    }
                    for (double size : far) {
                        assertAccurate(f, a, 1.25 * size, math);
                        assertAccurate(f, a, -1.25 * size, math);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noFiniteStepGivesAnythingThatIsNotANumber(StandardActivation f) {
        double[] far = {0, 1, 25, 40, 100, 700, 710, 800, 1e5, 1e150};
        for (double a0 : far) {
            for (double h0 : far) {
                for (double a : new double[] {a0, -a0}) {
                    for (double h : new double[] {h0, -h0}) {
                        double v = f.value(a, Elementary.STRICT);
                        double plain = f.value(a + h, Elementary.STRICT) - v;
                        double actual = f.increment(a, v, h, Elementary.STRICT);
                        double size = Math.max(1, Math.max(Math.abs(v), Math.abs(v + plain)));
                        assertEquals(plain, actual, 1e-13 * size, f + " at " + a + " by " + h);
                    }
                }
            }
        }
    }

    private static void assertAccurate(StandardActivation f, double a, double h, Elementary math) {
        if (crossesAKink(f, a, h)) {
            return;
        }
        double actual = f.increment(a, f.value(a, math), h, math);
        BigDecimal exact = Precise.increment(f, a, h);
        double lost = new BigDecimal(actual).subtract(exact).abs().doubleValue();
        double allowed = INCREMENT_BAR * Math.abs(exact.doubleValue()) + 4 * Double.MIN_VALUE;
        assertTrue(
                lost <= allowed,
                () -> f + " " + math + " at " + a + " by " + h + " gives " + actual);
    }

    /** There the exact result hangs on a + h, which has to be rounded first. */
    private static boolean crossesAKink(StandardActivation f, double a, double h) {
        return f.piece(a) != f.piece(a + h);
    }

    /** What the closed forms are for: subtraction misses the bar by many orders of magnitude. */
    @Test
    void plainSubtractionFailsTheSameBar() {
        for (StandardActivation f : StandardActivation.values()) {
            double a = 0.7;
            double h = 1e-9;
            double plain = f.value(a + h, Elementary.STRICT) - f.value(a, Elementary.STRICT);
            double error = Precise.relativeError(plain, Precise.increment(f, a, h));
            assertTrue(error > 1e6 * INCREMENT_BAR, f + " by subtraction is off by only " + error);
            assertEquals(
                    0.0, f.value(a + 1e-300, Elementary.STRICT) - f.value(a, Elementary.STRICT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theIncrementAcrossAKinkIsThatOfThePieces(StandardActivation f) {
        double[] at = {-3, -1.25, -1, -0.5, 0, 0.5, 1, 1.25, 3};
        for (double a : at) {
            for (double b : at) {
                double exact = Precise.increment(f, a, b - a).doubleValue();
                double v = f.value(a, Elementary.STRICT);
                double actual = f.increment(a, v, b - a, Elementary.STRICT);
                assertEquals(exact, actual, 2e-14 * Math.abs(exact), f + " " + a + " to " + b);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepOfNothingChangesNothing(StandardActivation f) {
        for (double a : new double[] {-3, -1, 0, 0.3, 1, 3}) {
            assertEquals(0.0, f.increment(a, f.value(a, Elementary.FAST), 0.0, Elementary.FAST));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noSlopeIsSteeperThanStated(StandardActivation f) {
        double steepest = 0;
        for (double a = -8; a <= 8; a += 0.0625) {
            double slope = f.slope(a, f.value(a, Elementary.STRICT), Elementary.STRICT);
            assertTrue(slope >= 0);
            steepest = Math.max(steepest, slope);
        }
        assertTrue(steepest <= f.steepest());
        assertTrue(steepest >= 0.99 * f.steepest(), f + " reaches only " + steepest);
    }

    @Test
    void theKinksAreWhereTheSlopeJumps() {
        StandardActivation relu = StandardActivation.RELU;
        assertEquals(0, relu.piece(-0.0));
        assertEquals(0, relu.piece(0.0));
        assertEquals(1, relu.piece(Double.MIN_VALUE));
        assertEquals(0.0, relu.slope(0.0, 0.0, Elementary.STRICT));
        assertEquals(1.0, relu.slope(Double.MIN_VALUE, 0.0, Elementary.STRICT));
        StandardActivation hard = StandardActivation.HARD_SIGMOID;
        assertEquals(0, hard.piece(-1.0));
        assertEquals(1, hard.piece(Math.nextUp(-1.0)));
        assertEquals(1, hard.piece(Math.nextDown(1.0)));
        assertEquals(2, hard.piece(1.0));
        assertEquals(0.0, hard.slope(-1.0, 0.0, Elementary.STRICT));
        assertEquals(0.5, hard.slope(0.0, 0.5, Elementary.STRICT));
        assertEquals(0.0, hard.slope(1.0, 1.0, Elementary.STRICT));
    }

    @ParameterizedTest
    @EnumSource
    void onlyFunctionsWithAKinkHaveSeveralPieces(StandardActivation f) {
        boolean several = false;
        for (double a = -2; a <= 2; a += 0.125) {
            several |= f.piece(a) != f.piece(-2);
        }
        assertEquals(!f.smooth(), several);
        boolean kinked = f == StandardActivation.RELU || f == StandardActivation.HARD_SIGMOID;
        assertEquals(!kinked, f.smooth());
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStaysNotANumber(StandardActivation f) {
        for (Elementary math : Elementary.values()) {
            assertTrue(Double.isNaN(f.value(Double.NaN, math)));
            for (double a : new double[] {-2, 0, 0.5, 2}) {
                double v = f.value(a, math);
                assertTrue(Double.isNaN(f.increment(a, v, Double.NaN, math)), f + " at " + a);
            }
        }
    }

    @Test
    void namesAreLowerCaseWithHyphens() {
        assertEquals("hard-sigmoid", StandardActivation.HARD_SIGMOID.optionName());
        assertEquals("tanh", StandardActivation.TANH.optionName());
    }

    /** What a user's own smooth function needs to say is small. */
    @Test
    void aFunctionOfOnesOwnIsSmoothUnlessItSaysOtherwise() {
        Activation sine =
                new Activation() {
                    @Override
                    public String optionName() {
                        return "sine";
                    }

                    @Override
                    public double value(double a, Elementary math) {
                        return StrictMath.sin(a);
                    }

                    @Override
                    public double slope(double a, double value, Elementary math) {
                        return StrictMath.cos(a);
                    }

                    @Override
                    public double increment(double a, double value, double h, Elementary math) {
                        return 2 * StrictMath.cos(a + h / 2) * StrictMath.sin(h / 2);
                    }

                    @Override
                    public double steepest() {
                        return 1.0;
                    }
                };
        assertTrue(sine.smooth());
        assertEquals(sine.piece(-5), sine.piece(5));
        assertFalse(StandardActivation.RELU.smooth());
    }
}
