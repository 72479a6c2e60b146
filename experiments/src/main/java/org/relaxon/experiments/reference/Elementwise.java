package org.relaxon.experiments.reference;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/**
 * Rate functions and their derivatives, written a second time for the reference: other formulas
 * than those of the cells wherever there are two, and {@link StrictMath} only. NaN gives NaN.
 *
 * <p>An activation that is not a {@link StandardActivation} is evaluated itself, with {@link
 * Elementary#STRICT}: the reference cannot find a mistake in its f or f'.
 */
final class Elementwise {
    /** cosh of this, squared, is still finite. */
    private static final double COSH_MAX = 300.0;

    /** Of a user's function, by which its plain difference may be off. */
    private static final double ROUNDINGS = 4.0;

    /** The farthest drive at which a user's function is searched. */
    private static final double FAR = 0x1p20;

    private static final int BISECTIONS = 200;

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

    /**
     * f(a + h) - f(a), for a small h with a relative error of a few ulp; by other formulas than the
     * cells': tanh sinh h / (cosh a cosh(a + h)), softplus h/2 + log(cosh h/2 + tanh a/2 sinh h/2).
     * For a user's function it is the plain difference, which cancels.
     */
    static double increment(Activation f, double a, double h) {
        boolean small = Math.abs(h) <= 1.0 && Math.abs(a) <= COSH_MAX;
        if (f == StandardActivation.LINEAR) {
            return h;
        }
        if (small && f == StandardActivation.TANH) {
            return tanhIncrement(a, h);
        }
        if (small && f == StandardActivation.SIGMOID) {
            return tanhIncrement(a / 2.0, h / 2.0) / 2.0;
        }
        if (small && f == StandardActivation.SOFTPLUS) {
            double s = StrictMath.sinh(h / 4.0);
            double ratio = 2.0 * s * s + StrictMath.tanh(a / 2.0) * StrictMath.sinh(h / 2.0);
            return h / 2.0 + StrictMath.log1p(ratio);
        }
        boolean straight = f == StandardActivation.RELU || f == StandardActivation.HARD_SIGMOID;
        double slope = slope(f, a);
        if (straight && slope > 0.0 && slope(f, a + h) == slope) {
            return slope * h;
        }
        return value(f, a + h) - value(f, a);
    }

    /**
     * G(s) with G' = f^-1: the energy of an activity s in a Hopfield-type network; NaN outside the
     * closed range of f. Softplus has f^-1(s) = s + log(1 - e^-s), so G = s^2/2 + Li2(e^-s).
     *
     * @throws IllegalArgumentException naming a user's function
     */
    static double cost(Activation f, double s) {
        return switch (standard(f)) {
            case LINEAR -> s * s / 2.0;
            case TANH -> (timesLog(1.0 + s) + timesLog(1.0 - s)) / 2.0;
            case SIGMOID -> timesLog(s) + timesLog(1.0 - s);
            case SOFTPLUS -> s >= 0.0 ? s * s / 2.0 + dilogarithmOfExp(s) : Double.NaN;
            case RELU -> s >= 0.0 ? s * s / 2.0 : Double.NaN;
            case HARD_SIGMOID -> s >= 0.0 && s <= 1.0 ? s * s - s : Double.NaN;
        };
    }

    /** False where an activity is known to be outside the closed range of f; never for a user's. */
    static boolean mayReach(Activation f, double s) {
        return !(f instanceof StandardActivation) || !Double.isNaN(cost(f, s));
    }

    /**
     * G(f(a)); where f(a) rounds to the end of its range this keeps a: a f(a) - log cosh a for
     * tanh, a f(a) - log(1 + e^a) for sigma.
     *
     * @throws IllegalArgumentException naming a user's function
     */
    static double costAt(Activation f, double a) {
        return switch (standard(f)) {
            case TANH -> {
                double size = Math.abs(a);
                double tail = StrictMath.log1p(StrictMath.exp(-2.0 * size));
                yield size * (StrictMath.tanh(size) - 1.0) - tail + StrictMath.log(2.0);
            }
            case SIGMOID -> {
                double size = Math.abs(a); // G(1 - s) = G(s)
                yield -size * sigma(-size) - StrictMath.log1p(StrictMath.exp(-size));
            }
            case LINEAR, SOFTPLUS, RELU, HARD_SIGMOID -> cost(f, value(f, a));
        };
    }

    /**
     * G(s + d) - G(s) - G'(s) d at s = f(a), the energy of a change d of an activity beyond its
     * first order; no digits are lost where d is small. NaN if s + d is outside the closed range of
     * f.
     *
     * @throws IllegalArgumentException naming a user's function
     */
    static double costDivergence(Activation f, double a, double d) {
        StandardActivation known = standard(f);
        double slope = slope(f, a);
        switch (known) {
            case LINEAR -> {
                return d * d / 2.0;
            }
            case RELU, HARD_SIGMOID -> { // G is a parabola; at its ends G' takes any value a
                double s = value(f, a);
                boolean whole = known == StandardActivation.RELU;
                double inner = whole ? s : 2.0 * s - 1.0;
                double beyond = slope > 0.0 ? 0.0 : (inner - a) * d;
                double square = whole ? d * d / 2.0 : d * d;
                return Double.isNaN(cost(f, s + d)) ? Double.NaN : square + beyond;
            }
            default -> {
                double h = stepOfDrive(f, a, d);
                return Double.isNaN(h)
                        ? cost(f, value(f, a) + d) - costAt(f, a) - a * d
                        : SlopeIntegral.of(f, a, h).work();
            }
        }
    }

    /**
     * The h with f(a + h) = f(a) + d, by Newton's method; NaN where it is not found, as beyond the
     * closed range of f. Where f is flat at its end, the nearest h. For a user's function h is
     * known to the rounding of f over its slope.
     */
    static double stepOfDrive(Activation f, double a, double d) {
        if (f == StandardActivation.LINEAR || d == 0.0) {
            return d;
        }
        if (f == StandardActivation.RELU) {
            return straightStep(1.0, Math.max(0.0, a) - a, d, value(f, a), Double.MAX_VALUE);
        }
        if (f == StandardActivation.HARD_SIGMOID) {
            double inside = Math.max(-1.0, Math.min(1.0, a)) - a;
            return straightStep(0.5, inside, d, value(f, a), 1.0);
        }
        if (!(f instanceof StandardActivation)) {
            return stepOfOwn(f, a, d);
        }
        double h = d / slope(f, a);
        for (int k = 0; k < 50 && Math.abs(h) <= 1.0; k++) {
            double off = increment(f, a, h) - d;
            double next = h - off / slope(f, a + h);
            if (Math.abs(next - h) <= 4.0 * Math.ulp(h)) {
                return next;
            }
            h = next;
        }
        return Double.NaN;
    }

    /**
     * Newton's method between bounds. It stops where the plain difference is rounding, at which the
     * steps of Newton's method do not shrink any more.
     */
    private static double stepOfOwn(Activation f, double a, double d) {
        double near = 0.0;
        double far = Math.signum(d);
        while (Math.abs(far) <= FAR && !(Math.abs(increment(f, a, far)) >= Math.abs(d))) {
            far *= 2.0;
        }
        double h = d / slope(f, a);
        for (int k = 0; k < BISECTIONS && Math.abs(far) <= FAR; k++) {
            boolean inside = Math.abs(h) > Math.abs(near) && Math.abs(h) < Math.abs(far);
            h = inside && h * d > 0.0 ? h : (near + far) / 2.0;
            double off = increment(f, a, h) - d;
            double size = Math.max(Math.abs(value(f, a)), Math.abs(value(f, a + h)));
            if (Math.abs(off) <= ROUNDINGS * Math.ulp(size)) {
                return h;
            }
            if (off * d > 0.0) {
                far = h;
            } else {
                near = h;
            }
            h -= off / slope(f, a + h);
        }
        return Double.NaN;
    }

    /** Into the straight part, and along it as far as its ends at 0 and most. */
    private static double straightStep(
            double slope, double inside, double d, double from, double most) {
        double x = from + d;
        double rounding = Math.ulp(1.0) * Math.max(from, Math.abs(d));
        return x >= -rounding && x <= most + rounding ? inside + d / slope : Double.NaN;
    }

    private static StandardActivation standard(Activation f) {
        if (f instanceof StandardActivation standard) {
            return standard;
        }
        throw new IllegalArgumentException(
                "activation %s: its energy is not known".formatted(f.optionName()));
    }

    private static double tanhIncrement(double a, double h) {
        return StrictMath.sinh(h) / (StrictMath.cosh(a) * StrictMath.cosh(a + h));
    }

    /** x log x, 0 at 0, NaN below. */
    private static double timesLog(double x) {
        return x == 0.0 ? 0.0 : x * StrictMath.log(x);
    }

    /** Li2(e^-s) = sum of e^-ks / k^2, for s >= 0; near 1 by Li2(z) + Li2(1 - z) (Euler). */
    private static double dilogarithmOfExp(double s) {
        double z = StrictMath.exp(-s);
        if (z <= 0.5) {
            return dilogarithm(z);
        }
        double rest = -StrictMath.expm1(-s);
        double product = rest == 0.0 ? 0.0 : -s * StrictMath.log(rest);
        return Math.PI * Math.PI / 6.0 - product - dilogarithm(rest);
    }

    /** Li2(z) for 0 <= z <= 1/2, summed until nothing changes. */
    private static double dilogarithm(double z) {
        double sum = 0.0;
        double power = z;
        for (int k = 1; sum + power / ((double) k * k) != sum; k++) {
            sum += power / ((double) k * k);
            power *= z;
        }
        return sum;
    }

    /**
     * f''(a), 0 at a kink. For a user's activation from slopes at a distance of 1e-5, accurate to
     * about 1e-10.
     */
    static double curvature(Activation f, double a) {
        if (Double.isNaN(a)) {
            return Double.NaN;
        }
        if (!(f instanceof StandardActivation standard)) {
            return (slope(f, a + 1e-5) - slope(f, a - 1e-5)) / 2e-5;
        }
        return switch (standard) {
            case LINEAR, RELU, HARD_SIGMOID -> 0.0;
            case TANH -> -2.0 * StrictMath.tanh(a) * squareOfSech(a);
            case SIGMOID -> -StrictMath.tanh(a / 2.0) * squareOfSech(a / 2.0) / 4.0;
            case SOFTPLUS -> squareOfSech(a / 2.0) / 4.0;
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
