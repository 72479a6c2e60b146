package org.relaxon.experiments.claims;

import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.RunPlan;

/**
 * The signal threshold of a run, if none was requested. Unsent changes cause a relative error of
 * the gradient of several times the threshold, divided by the strength for every subtraction that
 * cancels (theory of event-triggered signals). This must be negligible against the smallest error
 * to be measured.
 */
public final class Thresholds {
    /** Share of the smallest error to be measured that an unsent change may make up. */
    private static final double PER_ERROR = 1e-4;

    /** The same where a contrast multiplies it by the condition of the network. */
    private static final double PER_ERROR_OF_CONTRAST = 1e-6;

    /** The least threshold that still sends changes of more than the last bits. */
    public static final double LEAST = 1e-15;

    /** Differences and errors are held relative to beta, down to their own last bits. */
    private static final double LEAST_OF_DIFFERENCES = 1e-16;

    /** Defect of a plain contrast: nothing that its phases share cancels in it. */
    private static final double LEAST_TOLERANCE = 1e-13;

    private static final double TOLERANCE_PER_THRESHOLD = 100.0;

    /** A tolerance is below 1. */
    private static final double LARGEST_TOLERANCE = 0.999;

    private final double given;
    private final double strength;
    private final Claim claim;

    /**
     * Makes the thresholds of one claim.
     *
     * @param given requested threshold; NaN if none was
     * @param strength beta or gamma of the run
     * @param claim what is to be measured
     */
    public Thresholds(double given, double strength, Claim claim) {
        this.given = given;
        this.strength = strength;
        this.claim = claim;
    }

    /**
     * {@return the threshold of a run}
     *
     * @param network network that settles
     */
    public double of(Network network) {
        if (!Double.isNaN(given)) {
            return given;
        }
        boolean differences = claim.algorithm().hasFreePhase() && !claim.isPlainContrast();
        double least = differences ? LEAST_OF_DIFFERENCES : LEAST;
        if (claim.isExact()) {
            return Math.max(least, Math.min(RunPlan.DEFAULT_THRESHOLD, PER_ERROR * claim.bound()));
        }
        if (claim.order() > 2) {
            return least; // errors of high order fall to round-off within a step of beta
        }
        double beta = Math.min(strength, OrderBetas.of(network, claim, strength, 0.0).fine());
        int times = claim.cancellations(network.depth());
        double share = claim.algorithm().hasFreePhase() ? PER_ERROR_OF_CONTRAST : PER_ERROR;
        double error = StrictMath.pow(beta, claim.order()) * StrictMath.pow(beta, times);
        return Math.min(RunPlan.DEFAULT_THRESHOLD, Math.max(least, share * error));
    }

    /**
     * {@return the tolerance that goes with the threshold of a plain contrast}
     *
     * @param threshold change worth a signal
     */
    public static double contrastTolerance(double threshold) {
        double implied = Math.min(LARGEST_TOLERANCE, TOLERANCE_PER_THRESHOLD * threshold);
        return Math.max(LEAST_TOLERANCE, implied);
    }

    /**
     * {@return the distance of an equilibrium, in one neuron, from what is reached with a requested
     * threshold}
     *
     * @param requested threshold; NaN if none was, as by default settlings end finely
     */
    public static double farthest(double requested) {
        return requested * TOLERANCE_PER_THRESHOLD > NotAnEquilibriumException.FARTHEST
                ? requested * TOLERANCE_PER_THRESHOLD
                : NotAnEquilibriumException.FARTHEST;
    }
}
