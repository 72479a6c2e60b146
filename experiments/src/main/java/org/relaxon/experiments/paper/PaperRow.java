package org.relaxon.experiments.paper;

import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.settle.Reason;

/**
 * One run of one variant at one nudging strength. A run that did not settle is a row as well: it
 * has a reason and no figures.
 *
 * @param variant {@link DistanceOverBeta#SETTLED} or a {@link PublishedVariant#name}
 * @param batch examples that were settled or inferred together
 * @param seed of weights, data, delays and jitter
 * @param beta nudging strength
 * @param judged whether the variant judges its states; {@link PublishedVariant} does not
 * @param reason null if settled or not judged
 * @param detail for display; empty if settled or not judged
 * @param residual largest defect, prediction errors relative to beta
 * @param columnsSettled of the batch's examples; 0 if not judged
 * @param comparison with backprop; null if not settled
 * @param distances from the free equilibrium by layer, total last; empty if not settled
 * @param messages signals sent between cells; 0 for sweeps
 * @param synapticOperations multiplications by a weight while settling; 0 for sweeps
 * @param wallNanos wall-clock time
 */
public record PaperRow(
        String variant,
        int batch,
        long seed,
        double beta,
        boolean judged,
        Reason reason,
        String detail,
        double residual,
        int columnsSettled,
        GradientComparison comparison,
        List<StateDistance> distances,
        long messages,
        long synapticOperations,
        long wallNanos) {
    /**
     * Copies the list.
     *
     * @param variant {@link DistanceOverBeta#SETTLED} or a {@link PublishedVariant#name}
     * @param batch examples that were settled or inferred together
     * @param seed of weights, data, delays and jitter
     * @param beta nudging strength
     * @param judged whether the variant judges its states
     * @param reason null if settled or not judged
     * @param detail for display |
     * @param residual largest defect, prediction errors relative to beta
     * @param columnsSettled of the batch's examples
     * @param comparison with backprop
     * @param distances from the free equilibrium by layer, total last
     * @param messages signals sent between cells
     * @param synapticOperations multiplications by a weight while settling
     * @param wallNanos wall-clock time
     */
    public PaperRow {
        distances = List.copyOf(distances);
    }

    /** {@return true if there are figures: settled, or not judged at all} */
    public boolean hasFigures() {
        return comparison != null;
    }

    /** {@return "settled", "not-settled", or "not-judged" for a variant that judges nothing} */
    public String verdict() {
        if (!judged) {
            return "not-judged";
        }
        return reason == null ? "settled" : "not-settled";
    }

    /** {@return |g - backprop| / |backprop| over all weights and biases; NaN without figures} */
    public double relativeError() {
        return comparison == null ? Double.NaN : comparison.total().relativeError();
    }

    /** {@return 1 - cosine over all weights and biases; NaN if there is none} */
    public double oneMinusCosine() {
        return comparison == null || comparison.total().oneMinusCosine() == null
                ? Double.NaN
                : comparison.total().oneMinusCosine();
    }

    /**
     * {@return |x^beta - x^0|^2 over the hidden layers; NaN without figures} The output has its own
     * column: it is a state here and a prediction in the published inference, so that totals of the
     * two cannot be compared.
     */
    public double squaredHiddenDistance() {
        if (distances.isEmpty()) {
            return Double.NaN;
        }
        double sum = 0.0;
        for (int l = 0;
                l < distances.size() - 2;
                l++) { // the last two are the output and the total
            sum += distances.get(l).squared();
        }
        return sum;
    }
}
