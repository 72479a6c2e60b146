package org.relaxon.experiments.check;

import java.util.List;
import org.relaxon.experiments.claims.ErrorWindow;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;

/**
 * The result of one case with one seed.
 *
 * @param seed of weights, data, delays and jitter
 * @param reason why a settling did not settle; null if all did
 * @param detail of the reason, and at which beta; if all settled, why the references refuse the
 *     state that was reached, otherwise empty
 * @param unjudged why this run cannot decide: its reference is too uncertain, its threshold too
 *     coarse for the error to be judged, or rounding too large a part of the gradient; empty if it
 *     can
 * @param residual largest audited defect of any settling; NaN if one could not be audited
 * @param comparison of the estimate at the requested beta with the reference; null if that did not
 *     settle
 * @param estimate the local updates at the requested beta, stated as a gradient; null if not
 *     settled
 * @param window required range of the relative error
 * @param parts windows of every projection and every population's biases, in the order of the
 *     comparison
 * @param rounded projections that rounding keeps from being resolved, in every column
 * @param predicted relative error due to the strength alone; NaN if exact or not known
 * @param betas strengths between which the order was measured; null if there is none to measure
 * @param order slope of the relative error between these; NaN if not settled or not measured
 * @param floor largest |estimate - reference| that rounding explains, Frobenius norm; NaN if not
 *     known or not settled
 * @param remark why less can be judged than the claim states: an order that rounding or a kink
 *     hides, or gradients that are zero; empty if there is not
 * @param reference gradient compared with at the requested beta; null if not settled
 * @param dataflow true if the settling ran out of work instead of reaching a minimum
 * @param plan of its settlings
 * @param report counts of the settling at the requested beta
 * @param wallNanos wall-clock time of all settlings, audits included
 */
public record CheckSeed(
        long seed,
        Reason reason,
        String detail,
        String unjudged,
        double residual,
        GradientComparison comparison,
        Parameters estimate,
        ErrorWindow window,
        List<ErrorWindow> parts,
        List<Integer> rounded,
        double predicted,
        OrderBetas betas,
        double order,
        double floor,
        String remark,
        Parameters reference,
        boolean dataflow,
        RunPlan plan,
        RunReport report,
        long wallNanos) {

    /**
     * True if rounding keeps the projection at this place in the comparison from being resolved, or
     * the projection into the population whose biases are at this place.
     */
    boolean isRounded(int part) {
        String name = comparison.projections().get(part).name();
        return rounded.stream().anyMatch(p -> name.substring(1).equals(String.valueOf(p + 1)));
    }

    /** {@return true if every settling of this seed settled} */
    public boolean settled() {
        return reason == null;
    }

    /** True if estimate and reference differ by no more than rounding explains. */
    boolean isWithinRounding() {
        return comparison != null
                && comparison.total().rmse() * Math.sqrt(comparison.total().elements()) <= floor;
    }

    /** {@return true if rounding explains an error that the strength should leave} */
    public boolean isHidden() {
        return !Double.isNaN(predicted) && isWithinRounding();
    }

    /** {@return the relative error over all weights and biases; NaN if not settled} */
    public double relativeError() {
        return comparison == null ? Double.NaN : comparison.total().relativeError();
    }

    /** The same, judged by its windows alone. */
    CheckSeed withoutOrder(String why) {
        return with(unjudged, null, Double.NaN, why);
    }

    /** The same, about which this run does not decide. */
    CheckSeed undecided(String why) {
        return with(why, betas, order, remark);
    }

    private CheckSeed with(String why, OrderBetas between, double slope, String note) {
        return new CheckSeed(
                seed,
                reason,
                detail,
                why,
                residual,
                comparison,
                estimate,
                window,
                parts,
                rounded,
                predicted,
                between,
                slope,
                floor,
                note,
                reference,
                dataflow,
                plan,
                report,
                wallNanos);
    }
}
