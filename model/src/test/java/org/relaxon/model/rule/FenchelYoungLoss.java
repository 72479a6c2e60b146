package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;

/** G(x) + G*(a) - x a from the definition of G and G*, with (G*)' = f. */
final class FenchelYoungLoss {
    private FenchelYoungLoss() {}

    static double of(StandardActivation f, double x, double a) {
        return energy(f, x) + conjugate(f, a) - x * a;
    }

    /** The integral of f, up to a constant that {@link #energy} has as well. */
    private static double conjugate(StandardActivation f, double a) {
        return switch (f) {
            case LINEAR -> 0.5 * a * a;
            case TANH -> Math.log(Math.cosh(a));
            case SIGMOID -> Math.log1p(Math.exp(a));
            case RELU -> 0.5 * Math.max(0, a) * Math.max(0, a);
            case HARD_SIGMOID -> a <= -1 ? 0 : a < 1 ? 0.25 * (a + 1) * (a + 1) : a;
            case SOFTPLUS -> dilogarithm(a);
        };
    }

    /** sup over h of x h - G*(h). */
    private static double energy(StandardActivation f, double x) {
        return switch (f) {
            case LINEAR, RELU -> 0.5 * x * x;
            case TANH -> 0.5 * (xlogx(1 + x) + xlogx(1 - x));
            case SIGMOID -> xlogx(x) + xlogx(1 - x);
            case HARD_SIGMOID -> x * x - x;
            case SOFTPLUS -> {
                double h = x + Math.log(-Math.expm1(-x));
                yield x <= 0 ? 0 : x * h - dilogarithm(h);
            }
        };
    }

    private static double xlogx(double x) {
        return x <= 0 ? 0 : x * Math.log(x);
    }

    /** -Li2(-e^a): a series for negative a, reflected for positive. */
    private static double dilogarithm(double a) {
        if (a > 0) {
            return Math.PI * Math.PI / 6 + 0.5 * a * a - dilogarithm(-a);
        }
        // Landen: -Li2(-z) = Li2(w) + log(1 + z)^2 / 2 with w = z / (1 + z) <= 1/2
        double z = Math.exp(a);
        double w = z / (1 + z);
        double log = Math.log1p(z);
        double sum = 0;
        double power = 1;
        for (int k = 1; k < 60; k++) {
            power *= w;
            sum += power / ((double) k * k);
        }
        return sum + 0.5 * log * log;
    }
}
