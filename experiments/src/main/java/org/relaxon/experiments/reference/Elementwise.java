package org.relaxon.experiments.reference;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/**
 * Rate functions and their derivatives, written a second time for the reference: other formulas
 * than those of the cells wherever there are two, and {@link StrictMath} only. NaN gives NaN.
 *
 * <p>An activation that is not a {@link StandardActivation} is asked itself, with {@link
 * Elementary#STRICT}: for those the reference cannot find a mistake in f or f'.
 */
final class Elementwise {
    private Elementwise() {}

    /** f(a). */
    static double value(Activation f, double a) {
        if (!(f instanceof StandardActivation standard)) {
            return f.value(a, Elementary.STRICT);
        }
        return switch (standard) {
            case LINEAR -> a;
            case TANH -> StrictMath.tanh(a);
            case SIGMOID -> sigma(a);
            case SOFTPLUS ->
                    a > 0.0
                            ? a + StrictMath.log1p(StrictMath.exp(-a))
                            : StrictMath.log1p(StrictMath.exp(a));
            case RELU -> a < 0.0 ? 0.0 : a;
            case HARD_SIGMOID -> a <= -1.0 ? 0.0 : a >= 1.0 ? 1.0 : (a + 1.0) / 2.0;
        };
    }

    /** f'(a); at a kink the slope of the flat side. */
    static double slope(Activation f, double a) {
        if (Double.isNaN(a)) {
            return Double.NaN;
        }
        if (!(f instanceof StandardActivation standard)) {
            return f.slope(a, f.value(a, Elementary.STRICT), Elementary.STRICT);
        }
        return switch (standard) {
            case LINEAR -> 1.0;
            case TANH -> squareOfSech(a);
            case SIGMOID -> squareOfSech(a / 2.0) / 4.0;
            case SOFTPLUS -> sigma(a);
            case RELU -> a > 0.0 ? 1.0 : 0.0;
            case HARD_SIGMOID -> a > -1.0 && a < 1.0 ? 0.5 : 0.0;
        };
    }

    /** 1 / (1 + e^-a); e^-a overflows to infinity for very negative a, which gives 0. */
    private static double sigma(double a) {
        return 1.0 / (1.0 + StrictMath.exp(-a));
    }

    /** 1 / cosh^2 a: unlike 1 - tanh^2 a it keeps its relative accuracy at saturation. */
    private static double squareOfSech(double a) {
        double sech = 1.0 / StrictMath.cosh(a);
        return sech * sech;
    }
}
