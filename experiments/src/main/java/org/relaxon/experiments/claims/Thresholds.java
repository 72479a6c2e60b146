package org.relaxon.experiments.claims;

import org.relaxon.model.network.Network;
import org.relaxon.runtime.RunPlan;

/**
 * The signal threshold of a run, if none was requested. Unsent changes cause a relative error of
 * the gradient of several times the threshold, divided by the strength for every subtraction that
 * cancels (theory of event-triggered signals). This must be negligible against the smallest error
 * to be measured.
 */
final class Thresholds {
    /** Share of the smallest error to be measured that an unsent change may make up. */
    private static final double PER_ERROR = 1e-4;

    /** The same where a contrast multiplies it by the condition of the network. */
    private static final double PER_ERROR_OF_CONTRAST = 1e-6;

    static final double LEAST = 1e-15;

    /** Differences and errors are held relative to beta, down to their own last bits. */
    private static final double LEAST_OF_DIFFERENCES = 1e-16;

    /** Defect of a plain contrast: nothing that its phases share cancels in it. */
    private static final double LEAST_TOLERANCE = 1e-13;

    private static final double TOLERANCE_PER_THRESHOLD = 100.0;

    private final CheckPlan plan;
    private final Claim claim;

    Thresholds(CheckPlan plan, Claim claim) {
        this.plan = plan;
        this.claim = claim;
    }

    double of(Network network) {
        if (!Double.isNaN(plan.threshold())) {
            return plan.threshold();
        }
        boolean differences = claim.algorithm().hasFreePhase() && !claim.isPlainContrast();
        double least = differences ? LEAST_OF_DIFFERENCES : LEAST;
        if (claim.isExact()) {
            return Math.max(least, Math.min(RunPlan.DEFAULT_THRESHOLD, PER_ERROR * claim.bound()));
        }
        if (claim.order() > 2) {
            return least; // errors of high order fall to round-off within a step of beta
        }
        double beta = Math.min(plan.beta(), OrderBetas.of(network, claim, plan.beta(), 0.0).fine());
        int times = claim.cancellations(network.depth());
        double share = claim.algorithm().hasFreePhase() ? PER_ERROR_OF_CONTRAST : PER_ERROR;
        double error = StrictMath.pow(beta, claim.order()) * StrictMath.pow(beta, times);
        return Math.min(RunPlan.DEFAULT_THRESHOLD, Math.max(least, share * error));
    }

    /** The tolerance that corresponds to the threshold of a plain contrast. */
    static double contrastTolerance(double threshold) {
        return Math.max(LEAST_TOLERANCE, TOLERANCE_PER_THRESHOLD * threshold);
    }
}
