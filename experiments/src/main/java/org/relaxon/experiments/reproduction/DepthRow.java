package org.relaxon.experiments.reproduction;

import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.settle.Reason;

/**
 * One settling of a chain.
 *
 * @param way how it was settled
 * @param activation of the hidden layers
 * @param depth number of hidden layers
 * @param seed of network, data, delays and turns
 * @param reason why it did not settle; null if it did
 * @param comparison of the local update with backprop, or at beta 1 with the gradient of the energy
 *     at its minimum; null if it did not settle, or if no such minimum is known
 * @param messages signals sent, or bundles of signals that travel with a turn
 * @param relaxations of all cells
 * @param criticalPath relaxations of the longest chain of causes
 * @param synapticOperations multiplications by a weight
 */
public record DepthRow(
        ChainInference way,
        Activation activation,
        int depth,
        long seed,
        Reason reason,
        GradientComparison comparison,
        long messages,
        long relaxations,
        long criticalPath,
        long synapticOperations) {
    /** Largest relative error of the update of any layer, weights and biases apart. */
    public static final double ERROR_MAX = 1e-3;

    /** Largest 1 - cosine of the update of any layer. */
    public static final double ANGLE_MAX = 1e-6;

    /** {@return true if the run settled} */
    public boolean settled() {
        return reason == null;
    }

    /** {@return the largest relative error of any layer; NaN without a comparison} */
    public double worstError() {
        return comparison == null
                ? Double.NaN
                : worst(
                        comparison.projections().stream()
                                .mapToDouble(ProjectionComparison::relativeError)
                                .toArray());
    }

    /** {@return the largest 1 - cosine of any layer; NaN without a comparison} */
    public double worstAngle() {
        return comparison == null
                ? Double.NaN
                : worst(
                        comparison.projections().stream()
                                .mapToDouble(
                                        p ->
                                                p.oneMinusCosine() == null
                                                        ? Double.NaN
                                                        : p.oneMinusCosine())
                                .toArray());
    }

    /** {@return true if it settled and every layer is within both bounds} */
    public boolean reached() {
        return worstError() <= ERROR_MAX && worstAngle() <= ANGLE_MAX; // NaN fails
    }

    /**
     * {@return true if it settled elsewhere: with the error of a nudge that is not small enough, in
     * another minimum than that of the reference, with an update that rounding hides, or without a
     * reference}
     */
    public boolean away() {
        return settled() && !reached();
    }

    private static double worst(double[] values) {
        double most = 0.0;
        for (double value : values) {
            most = Math.max(most, value); // propagates NaN
        }
        return most;
    }
}
