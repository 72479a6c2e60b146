package org.relaxon.experiments.claims;

import org.relaxon.experiments.compare.Order;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;

/**
 * The two nudging strengths between which the order of an estimate is measured.
 *
 * <p>For smooth activations these are beta and beta/10, unless the error at beta/10 would be so
 * small (below {@value #LEAST_ERROR}) that round-off shows in its slope; then the least beta that
 * is safe and ten times that. With a kink of f in reach of a nudge the error has jumps, so there
 * the order is measured where nudges are tiny: 1e-7 and 1e-9 for a first-order estimate, 1e-5 and
 * 1e-6 for a second-order one.
 *
 * @param coarse the larger
 * @param fine the smaller
 */
public record OrderBetas(double coarse, double fine) {
    /** Relative errors from here on stand clear of the round-off of a gradient, about 1e-15. */
    static final double LEAST_ERROR = 1e-12;

    /** Chooses for an estimate at {@code beta}. */
    static OrderBetas of(Network network, Estimator estimator, double beta) {
        if (!smooth(network)) {
            return estimator.order() == 1 ? new OrderBetas(1e-7, 1e-9) : new OrderBetas(1e-5, 1e-6);
        }
        double least = StrictMath.pow(LEAST_ERROR, 1.0 / estimator.order());
        return beta / 10 >= least
                ? new OrderBetas(beta, beta / 10)
                : new OrderBetas(10 * least, least);
    }

    /** The slope of log error over log beta. */
    double slope(double errorCoarse, double errorFine) {
        return Order.slope(coarse, errorCoarse, fine, errorFine);
    }

    private static boolean smooth(Network network) {
        return network.populations().stream().allMatch(p -> p.activation().smooth());
    }
}
