package org.relaxon.experiments.random;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;

/** Activations and two derivatives by their textbook formulas; shares no line with the cells. */
final class Curve {
    private static final double[] NODES = {0.0, 0.5384693101056831, 0.9061798459386640};
    private static final double[] WEIGHTS = {
        0.5688888888888889, 0.4786286704993665, 0.2369268850561891
    };

    private final StandardActivation kind;

    Curve(Activation activation) {
        kind = (StandardActivation) activation;
    }

    double value(double a) {
        return switch (kind) {
            case LINEAR -> a;
            case TANH -> StrictMath.tanh(a);
            case SIGMOID -> sigma(a);
            case HARD_SIGMOID -> Math.max(0, Math.min(1, 0.5 * a + 0.5));
            case RELU -> Math.max(0, a);
            case SOFTPLUS -> Math.max(0, a) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
        };
    }

    double slope(double a) {
        return switch (kind) {
            case LINEAR -> 1.0;
            case TANH -> 4 * sigma(2 * a) * sigma(-2 * a);
            case SIGMOID -> sigma(a) * sigma(-a);
            case HARD_SIGMOID -> a > -1 && a < 1 ? 0.5 : 0.0;
            case RELU -> a > 0 ? 1.0 : 0.0;
            case SOFTPLUS -> sigma(a);
        };
    }

    double bend(double a) {
        return switch (kind) {
            case TANH -> -2 * StrictMath.tanh(a) * slope(a);
            case SIGMOID -> slope(a) * (sigma(-a) - sigma(a));
            case SOFTPLUS -> sigma(a) * sigma(-a);
            default -> 0.0;
        };
    }

    /** (f(a + h) - f(a)) / h, the mean slope from a to a + h, without cancellation. */
    double meanSlope(double a, double h) {
        if (Math.abs(h) > 0.3 || !kind.smooth() && piece(a) != piece(a + h)) {
            return (value(a + h) - value(a)) / h;
        }
        double sum = WEIGHTS[0] * slope(a + 0.5 * h);
        for (int k = 1; k < NODES.length; k++) {
            sum += WEIGHTS[k] * slope(a + 0.5 * h * (1 + NODES[k]));
            sum += WEIGHTS[k] * slope(a + 0.5 * h * (1 - NODES[k]));
        }
        return 0.5 * sum;
    }

    /** Which linear or smooth piece a lies on; its ends belong to the flat sides. */
    int piece(double a) {
        return switch (kind) {
            case RELU -> a > 0 ? 1 : 0;
            case HARD_SIGMOID -> a <= -1 ? 0 : a < 1 ? 1 : 2;
            default -> 0;
        };
    }

    /** Where the slope jumps. */
    double[] kinks() {
        return switch (kind) {
            case RELU -> new double[] {0};
            case HARD_SIGMOID -> new double[] {-1, 1};
            default -> new double[0];
        };
    }

    private static double sigma(double a) {
        double e = StrictMath.exp(-Math.abs(a));
        return a < 0 ? e / (1 + e) : 1 / (1 + e);
    }
}
