package org.relaxon.model.activation;

/**
 * Curvatures of parabolas that touch phi(y) = (t - f(y))^2 / 2 at a point and lie above it
 * everywhere. For smooth f these are bounds of phi'' = ((f - r)^2 / 2)'' - (t - r) f'' over the
 * whole line, for any r; for a ramp they are the least possible curvatures. NaN stays NaN.
 */
final class Majorant {
    /** sup ((sigma - 1/2)^2 / 2)'', at 0. */
    private static final double LOGISTIC_MIDDLE = 0.0625;

    /** sup (sigma^2 / 2)'' = sup s^2 (1 - s)(2 - 3s), at s = (15 - sqrt 33) / 24; rounded up. */
    private static final double LOGISTIC_END = 0.07702928506067530;

    /** sup |sigma''| = 1 / (6 sqrt 3), rounded up. */
    private static final double LOGISTIC_BEND = 0.09622504486493770;

    /** sup (f^2 / 2)'' of the softplus, 1.04533339167..., at 1 - f' = 0.0432; rounded up. */
    private static final double SOFTPLUS_SQUARE = 1.0453333917;

    private Majorant() {}

    /** For the logistic sigmoid: the best of r = 0, 1/2 and 1. */
    static double logistic(double t) {
        double ends = LOGISTIC_END + LOGISTIC_BEND * Math.min(Math.abs(t), Math.abs(1.0 - t));
        return Math.min(ends, LOGISTIC_MIDDLE + LOGISTIC_BEND * Math.abs(t - 0.5));
    }

    /** For the softplus, with r = 0 and 0 <= f'' <= 1/4. */
    static double softplus(double t) {
        return SOFTPLUS_SQUARE + 0.25 * Math.max(0.0, -t);
    }

    /**
     * On the rising piece of a ramp of slope 1, {@code a} > 0 above its lower kink: below the kink
     * phi is t^2 / 2, which exceeds the parabola of curvature 1 if t is negative.
     */
    static double onSlope(double a, double t) {
        if (t >= 0.0) {
            return 1.0;
        }
        double g = a - t; // g^2 / (g^2 - t^2)
        return g / a * (g / (g - t));
    }

    /** On the flat piece below a ramp without an upper end, {@code delta} >= 0 below its kink. */
    static double onEndlessFlat(double delta, double t) {
        if (t >= 0.0 || -t <= delta) {
            return 1.0; // far up the ramp phi grows like y^2 / 2
        }
        return steepestSight(delta, -t);
    }

    /**
     * On the flat piece below a ramp of height 1, {@code delta} >= 0 below its kink: phi changes by
     * (y^2 - 2 t y) / 2 at distance y up the ramp, and by no more beyond its end.
     */
    static double onFlat(double delta, double t) {
        double tau = -t;
        if (t >= 0.0 || tau * delta >= tau - delta) {
            double reach = 1.0 + delta;
            return Math.max(0.0, (1.0 - 2.0 * t) / (reach * reach)); // the end as seen from here
        }
        return steepestSight(delta, tau);
    }

    /** max over y of (y^2 + 2 tau y) / (y + delta)^2, at y = tau delta / (tau - delta). */
    private static double steepestSight(double delta, double tau) {
        return tau / delta * (tau / (2.0 * tau - delta)); // infinite at the kink
    }
}
