package org.relaxon.experiments.claims;

import org.relaxon.experiments.compare.Order;
import org.relaxon.experiments.reference.CrossedKinks;
import org.relaxon.model.network.Network;

/**
 * The two strengths between which the order of an estimate is measured.
 *
 * <p>For smooth activations these are beta and beta/10, unless round-off would be visible in the
 * error at beta/10: then the least safe strength and ten times that. Round-off is 1e-12 of a
 * gradient whose form does not cancel, and that divided by the strength for every subtraction that
 * does. With a kink of f within reach of a nudge the error has jumps, so the order is measured at
 * tiny nudges: 1e-7 and 1e-9 for a first-order estimate, 1e-5 and 1e-6 for a second-order one, if
 * the form allows it. Errors of high order fall so fast that the two are closer together.
 *
 * @param coarse the larger
 * @param fine the smaller
 */
public record OrderBetas(double coarse, double fine) {
    /** Two strengths closer together than this do not give a meaningful slope. */
    private static final double LEAST_STEP = 1.5;

    /** Relative errors from here on are clear of the round-off of a gradient, about 1e-15. */
    static final double LEAST_ERROR = 1e-12;

    /** The same in units of the round-off of a plain contrast, about 1e-14 over the strength. */
    private static final double LEAST_CONTRAST = 1e-10;

    /** From this error on, in units of rounding, a slope is measurable. */
    private static final double CLEAR = 20.0;

    /** Beyond this strength, errors of any order deviate from their power law. */
    public static final double HIGHEST = 1e-2;

    /** Errors of high order are measured between these. */
    private static final double STEEP_COARSE = 1e-8;

    private static final double STEEP_FINE = 1e-11;

    /**
     * Chooses the strengths for an estimate.
     *
     * @param network network of the estimate
     * @param claim what is claimed of it
     * @param strength requested strength
     * @param error that is predicted there, for estimates of an order above 2
     * @return the two strengths
     */
    public static OrderBetas of(Network network, Claim claim, double strength, double error) {
        int order = claim.order();
        if (order > 2) {
            return steep(order, strength, error);
        }
        int cancellations = claim.cancellations(network.depth());
        if (!CrossedKinks.isSmooth(network) && cancellations == 0) {
            return order == 1 ? new OrderBetas(1e-7, 1e-9) : new OrderBetas(1e-5, 1e-6);
        }
        double room = cancellations == 0 ? LEAST_ERROR : LEAST_CONTRAST;
        double least = StrictMath.pow(room, 1.0 / (order + cancellations));
        double top = Math.max(strength, HIGHEST);
        if (strength / 10 >= least) {
            return new OrderBetas(strength, strength / 10);
        }
        return LEAST_STEP * least > top
                ? new OrderBetas(top, top / LEAST_STEP) // rounding decides whether it is clear
                : new OrderBetas(Math.min(10 * least, top), least);
    }

    private static OrderBetas steep(int order, double strength, double error) {
        boolean known = error > 0 && error < Double.POSITIVE_INFINITY;
        double here = known ? error : STEEP_COARSE;
        double lift = Math.max(1.0, StrictMath.pow(STEEP_COARSE / here, 1.0 / order));
        double top = Math.max(here, STEEP_COARSE);
        double drop = Math.max(0.1, StrictMath.pow(STEEP_FINE / top, 1.0 / order));
        return new OrderBetas(strength * lift, strength * lift * drop);
    }

    /**
     * Raises these to the least pair above them whose smaller error stands clear of rounding, if
     * they are below it; closer together where there is less room than they need.
     *
     * @param claim what is claimed of the estimate
     * @param strength requested strength
     * @param error relative error there, measured or predicted, whichever is larger
     * @param floor relative error there that rounding explains; NaN for unknown
     * @param times how often rounding is divided by the strength
     * @return these or the pair above; null if no pair up to {@code strength} or {@value #HIGHEST}
     *     is clear of rounding
     */
    public OrderBetas clearOf(Claim claim, double strength, double error, double floor, int times) {
        if (!(floor > 0.0)) {
            return this;
        }
        double least = leastClear(claim.order(), strength, error, floor, times);
        if (fine >= least) {
            return this;
        }
        double top = Math.max(strength, Math.min(HIGHEST, coarse));
        double raised = Math.min(top, least * (coarse / fine));
        return raised >= LEAST_STEP * least ? new OrderBetas(raised, least) : null;
    }

    /**
     * {@return the least strength at which a slope may end: its error is clear of rounding, as the
     * error falls as beta^order and rounding grows as beta^-times}
     */
    private static double leastClear(
            int order, double strength, double error, double floor, int times) {
        return strength * StrictMath.pow(CLEAR * floor / error, 1.0 / (order + times));
    }

    /**
     * {@return the least strength whose error is clear of rounding and leaves room for a slope}
     *
     * @param claim what is claimed of the estimate
     * @param strength requested strength
     * @param error relative error there
     * @param floor relative error there that rounding explains
     * @param times how often rounding is divided by the strength
     */
    public static double leastMeasurable(
            Claim claim, double strength, double error, double floor, int times) {
        return LEAST_STEP * leastClear(claim.order(), strength, error, floor, times);
    }

    /**
     * {@return the slope of log error over log beta}
     *
     * @param errorCoarse relative error at the larger strength
     * @param errorFine relative error at the smaller
     */
    public double slope(double errorCoarse, double errorFine) {
        return Order.slope(coarse, errorCoarse, fine, errorFine);
    }
}
