package org.relaxon.experiments.sweep;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.model.algorithm.Method;

/**
 * Compares unsent changes with the error due to the strength: unsent changes cost about threshold /
 * strength^c, with c the number of subtractions that cancel; the strength itself costs about
 * strength^order.
 */
public final class ThresholdLaw {
    private ThresholdLaw() {}

    /**
     * {@return threshold / strength^(c + order), dimensionless; above 1 the threshold decides the
     * error; NaN if the estimate is exact, or the strength is not a positive number}
     *
     * @param method of the estimate
     * @param depth number of projections from input to output
     * @param threshold change of activity worth a signal
     */
    public static double share(Method method, int depth, double threshold) {
        Claim claim = Claim.of(method.algorithm(), method.estimator(), null);
        double strength = method.strength();
        if (claim.isExact() || !(strength > 0)) {
            return Double.NaN;
        }
        return threshold / StrictMath.pow(strength, claim.cancellations(depth) + claim.order());
    }
}
