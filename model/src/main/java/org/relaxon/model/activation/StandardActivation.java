package org.relaxon.model.activation;

import org.relaxon.model.math.Elementary;

import java.util.Locale;

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
        public double increment(double a, double value, double h, Elementary math) {
            return h;
        }
    },

    /** f(a) = tanh a; increment th (1 - t^2) / (1 + t th) with t = tanh a, th = tanh h. */
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
        public double increment(double a, double value, double h, Elementary math) {
            double th = math.tanh(h);
            return th * (1.0 - value) * (1.0 + value) / (1.0 + value * th);
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

        @Override
        public double increment(double a, double value, double h, Elementary math) {
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
        public double increment(double a, double value, double h, Elementary math) {
            return math.log1p(logistic(a, math) * math.expm1(h));
        }
    };

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
