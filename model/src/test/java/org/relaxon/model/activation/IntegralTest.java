package org.relaxon.model.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.Elementary;

class IntegralTest {
    private static final double[] AT = {
        -30, -3, -1.0001, -1, -0.999, -0.3, -1e-6, 0, 1e-7, 0.2, 0.9, 1, 1.5, 4, 30
    };

    /** Composite Simpson over pieces that end at the kinks -1, 0 and 1. */
    private static double simpson(Activation f, double a) {
        double sum = 0.0;
        double from = 0.0;
        double sign = Math.signum(a);
        for (double end : new double[] {Math.min(1.0, Math.abs(a)), Math.abs(a)}) {
            int n = 20_000;
            double h = (end - from) / n;
            for (int k = 0; k <= n && h > 0; k++) {
                double weight = k == 0 || k == n ? 1 : k % 2 == 1 ? 4 : 2;
                double x = from + k * h;
                sum += weight * h / 3 * f.value(sign * x, Elementary.STRICT) * sign;
            }
            from = end;
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void theIntegralIsTheAreaUnderTheCurveFromZero(StandardActivation f) {
        double worst = 0.0;
        for (double a : AT) {
            double expected = simpson(f, a);
            double found = f.integral(a, Elementary.STRICT);
            assertEquals(expected, found, 1e-12 * (1 + Math.abs(expected)), f + " at " + a);
            worst = Math.max(worst, Math.abs(expected + found));
        }
        assertEquals(0.0, f.integral(0.0, Elementary.STRICT), 1e-16);
        assertTrue(worst > 1, "the sign is not seen");
    }

    @ParameterizedTest
    @EnumSource
    void itsSlopeIsTheValue(StandardActivation f) {
        double h = 1e-5;
        for (double a : AT) {
            double up = f.integral(a + h, Elementary.STRICT);
            double down = f.integral(a - h, Elementary.STRICT);
            double value = f.value(a, Elementary.STRICT);
            assertEquals(value, (up - down) / (2 * h), 1e-5, f + " at " + a); // h at a kink
        }
    }

    /** A member that gives no formula of its own is integrated. */
    @Test
    void theDefaultIsQuadrature() {
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
                        return StrictMath.sin(a + h) - value;
                    }

                    @Override
                    public double steepest() {
                        return 1.0;
                    }
                };
        for (double a : AT) {
            double expected = 2 * StrictMath.pow(StrictMath.sin(a / 2), 2); // 1 - cos a
            assertEquals(expected, sine.integral(a, Elementary.STRICT), 1e-13, "at " + a);
        }
        assertTrue(Double.isNaN(sine.integral(1e9, Elementary.STRICT)), "too far");
        assertTrue(Double.isNaN(sine.integral(Double.NaN, Elementary.STRICT)));
        assertTrue(sine.smooth());
        assertEquals(0, sine.piece(3.0));
    }
}
