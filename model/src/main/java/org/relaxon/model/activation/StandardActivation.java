package org.relaxon.model.activation;

import java.util.Locale;
import org.relaxon.model.math.Elementary;

/** The activations that come with the library. */
public enum StandardActivation implements Activation {
    /** f(a) = a. */
    LINEAR {
        @Override
        public double value(double a, Elementary math) {
            return a;
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return 1.0;
        }

        @Override
        public double integral(double a, Elementary math) {
            return 0.5 * a * a;
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            return 1.0;
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return h;
        }
    },

    /**
     * f(a) = tanh a = 2 sigma(2a) - 1; increment th (1 - t^2) / (1 + t th) with t = tanh a, th =
     * tanh h, unless t is so close to 1 that 1 - t^2 or 1 + t th would cancel.
     */
    TANH {
        @Override
        public double value(double a, Elementary math) {
            return math.tanh(a);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return (1.0 - value) * (1.0 + value);
        }

        @Override
        public void evaluate(double[] a, double[] values, double[] slopes, Elementary math) {
            math.tanh(a, values);
            for (int k = 0; k < values.length; k++) {
                slopes[k] = (1.0 - values[k]) * (1.0 + values[k]);
            }
        }

        /** log cosh a. */
        @Override
        public double integral(double a, Elementary math) {
            double size = Math.abs(a);
            return size + math.log1p(math.exp(-2.0 * size)) - LOG_2;
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            return 16.0 * Majorant.logistic(0.5 * (target + 1.0)); // tanh a = 2 sigma(2a) - 1
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            if (Math.abs(value) > SATURATED) {
                return 2.0 * logisticIncrement(2.0 * a, 2.0 * h, math);
            }
            double th = math.tanh(h);
            return th * ((1.0 - value) * (1.0 + value)) / (1.0 + value * th); // odd in every bit
        }
    },

    /** f(a) = 1 / (1 + e^-a); increment s (1 - s) m / (1 + s m) with m = e^h - 1. */
    SIGMOID {
        @Override
        public double value(double a, Elementary math) {
            return logistic(a, math);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return value * (1.0 - value);
        }

        /** log(1 + e^a) - log 2. */
        @Override
        public double integral(double a, Elementary math) {
            return SOFTPLUS.value(a, math) - LOG_2;
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            return Majorant.logistic(target);
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            if (value > SATURATED || h > EXPONENT_MAX) {
                return logisticIncrement(a, h, math);
            }
            double m = math.expm1(h);
            return value * (1.0 - value) * m / (1.0 + value * m);
        }

        @Override
        public double steepest() {
            return 0.25;
        }
    },

    /** f(a) = (a + 1) / 2 clipped to [0, 1]. */
    HARD_SIGMOID {
        @Override
        public double value(double a, Elementary math) {
            return Math.min(1.0, Math.max(0.0, 0.5 * (a + 1.0))); // NaN stays NaN
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return piece(a) == 1 ? 0.5 : 0.0;
        }

        /** a/2 + a^2/4 on the slope; a - 1/4 and -1/4 on the flat sides. */
        @Override
        public double integral(double a, Elementary math) {
            double inside = Math.max(-1.0, Math.min(1.0, a));
            return 0.5 * inside + 0.25 * inside * inside + Math.max(0.0, a - 1.0);
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            double below = 0.5 * (a + 1.0); // distances from both kinks, as activity
            double above = 0.5 * (1.0 - a);
            return switch (piece(a)) {
                case 0 -> 0.25 * Majorant.onFlat(Math.abs(below), target);
                case 1 ->
                        0.25
                                * Math.max(
                                        Majorant.onSlope(below, target),
                                        Majorant.onSlope(above, 1.0 - target));
                default -> 0.25 * Majorant.onFlat(Math.abs(above), 1.0 - target);
            };
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return piece(a) == 1 && piece(a + h) == 1 ? 0.5 * h : value(a + h, math) - value;
        }

        @Override
        public double steepest() {
            return 0.5;
        }

        @Override
        public boolean smooth() {
            return false;
        }

        @Override
        public int piece(double a) {
            return a <= -1.0 ? 0 : a < 1.0 ? 1 : 2;
        }

        @Override
        public double kink(int piece) {
            return piece == 0 ? -1.0 : piece == 1 ? 1.0 : Double.NaN;
        }
    },

    /** f(a) = max(a, 0), with slope 0 at 0. */
    RELU {
        @Override
        public double value(double a, Elementary math) {
            return Math.max(a, 0.0);
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return a > 0.0 ? 1.0 : 0.0;
        }

        @Override
        public double integral(double a, Elementary math) {
            double right = Math.max(a, 0.0);
            return 0.5 * right * right;
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            return a > 0.0
                    ? Majorant.onSlope(a, target)
                    : Majorant.onEndlessFlat(Math.abs(a), target);
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            return a > 0.0 && a + h > 0.0 ? h : Math.max(a + h, 0.0) - value;
        }

        @Override
        public boolean smooth() {
            return false;
        }

        @Override
        public int piece(double a) {
            return a > 0.0 ? 1 : 0;
        }

        @Override
        public double kink(int piece) {
            return piece == 0 ? 0.0 : Double.NaN;
        }
    },

    /** f(a) = log(1 + e^a); increment log(1 + sigma(a) (e^h - 1)). */
    SOFTPLUS {
        @Override
        public double value(double a, Elementary math) {
            return Math.max(a, 0.0) + math.log1p(math.exp(-Math.abs(a)));
        }

        @Override
        public double slope(double a, double value, Elementary math) {
            return logistic(a, math);
        }

        @Override
        public double majorant(double a, double value, double target, Elementary math) {
            return Majorant.softplus(target);
        }

        @Override
        public double increment(double a, double value, double h, Elementary math) {
            if (Math.abs(h) > EXPONENT_MAX) {
                return value(a + h, math) - value; // far enough apart that nothing cancels
            }
            double y = logistic(a, math) * math.expm1(h);
            if (y > -0.5) {
                return math.log1p(y);
            }
            return -math.log1p(logistic(a + h, math) * math.expm1(-h)); // back from a + h
        }
    };

    private static final double LOG_2 = 0.6931471805599453;

    /** Beyond this value 1 - f loses more than two bits. */
    private static final double SATURATED = 0.75;

    /** e to this power is still finite. */
    private static final double EXPONENT_MAX = 700.0;

    /**
     * sigma(b) - sigma(a) = (e^b - e^a) / ((1 + e^a) (1 + e^b)) with b = a + h, in whichever of two
     * forms is insensitive to the rounding of b and does not overflow.
     */
    private static double logisticIncrement(double a, double h, Elementary math) {
        double b = a + h;
        boolean fromBelow = Math.abs(h) > EXPONENT_MAX ? h < 0.0 : b <= 0.0;
        return fromBelow
                ? logistic(-b, math) * logistic(a, math) * math.expm1(h)
                : -logistic(b, math) * logistic(-a, math) * math.expm1(-h);
    }

    private static double logistic(double a, Elementary math) {
        if (a < 0.0) {
            double e = math.exp(a); // the form that keeps relative accuracy for very negative a
            return e / (1.0 + e);
        }
        return 1.0 / (1.0 + math.exp(-a));
    }

    @Override
    public double steepest() {
        return 1.0;
    }

    /** The name in options: lower case with hyphens. */
    @Override
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
