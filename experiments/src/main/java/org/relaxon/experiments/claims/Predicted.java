package org.relaxon.experiments.claims;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.algorithm.Algorithm;

/**
 * The error that a strength alone must leave: predicted at that strength or, where it would be the
 * rounding of the prediction, at a larger one and carried over by the law of its order.
 *
 * @param beside the ideal estimate at the strength of the prediction, compared with its limit
 * @param scale from there to the requested strength; 0 if no error is visible at either
 */
record Predicted(GradientComparison beside, double scale) {
    /** Smaller relative errors are the rounding of a prediction; over the strength for roots. */
    private static final double LEAST_ERROR = 1e-13;

    /** An error of size 1 at strength 1 is predicted where it has fallen to this. */
    private static final double VISIBLE = 1e-10;

    /** At larger strengths the phases of a high order may have no equilibrium. */
    private static final double STRONGEST = 0.1;

    /**
     * Predicts.
     *
     * @param claim what is claimed of the estimate
     * @param strength requested
     * @param at predicts at a strength; nothing where that is not possible
     */
    static Optional<Predicted> of(
            Claim claim, double strength, DoubleFunction<Optional<GradientComparison>> at) {
        double there = Predictions.strength(claim, strength);
        Optional<GradientComparison> near = at.apply(there);
        if (near.isEmpty() || isVisible(claim, near.get(), there)) {
            return near.map(beside -> new Predicted(beside, scale(claim, strength, there)));
        }
        double visible = Math.min(STRONGEST, StrictMath.pow(VISIBLE, 1.0 / claim.order()));
        if (visible > there) {
            Optional<GradientComparison> far = tried(at, visible);
            if (far.isPresent() && isVisible(claim, far.get(), visible)) {
                return far.map(beside -> new Predicted(beside, scale(claim, strength, visible)));
            }
        }
        return near.map(beside -> new Predicted(beside, 0.0));
    }

    /** {@return the relative error at the requested strength} */
    double error() {
        return beside.total().relativeError() * scale;
    }

    private static double scale(Claim claim, double strength, double there) {
        return StrictMath.pow(strength / there, claim.order());
    }

    private static Optional<GradientComparison> tried(
            DoubleFunction<Optional<GradientComparison>> at, double there) {
        try {
            return at.apply(there);
        } catch (IllegalStateException | NotAnEquilibriumException e) {
            return Optional.empty(); // no branch to predict on
        }
    }

    /** Whether an error is no rounding; true for NaN, which the windows do not contain. */
    private static boolean isVisible(Claim claim, GradientComparison beside, double there) {
        boolean roots = claim.algorithm().strength() == Algorithm.Strength.COMPLEX;
        double least = roots ? LEAST_ERROR / Math.min(1.0, there) : LEAST_ERROR;
        return !(beside.total().relativeError() < least);
    }
}
