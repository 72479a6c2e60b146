package org.relaxon.experiments.check;

import java.util.Locale;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.ErrorWindow;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.compare.ProjectionComparison;

/**
 * What rounding leaves to be judged of one measured error. Nothing is left where rounding may be
 * larger than the error to be judged, unless the measured error is the predicted one nevertheless:
 * the bound of rounding is one that is hardly ever reached.
 *
 * @param claim what is claimed of the estimate
 * @param yardstick of the claim, after its windows are known
 * @param total comparison of the estimate with its reference
 * @param floor largest difference of the two that rounding explains, Frobenius norm
 */
record Rounded(Claim claim, Yardstick yardstick, ProjectionComparison total, double floor) {
    /** Share of a gradient that rounding may make up for an agreement to mean anything. */
    private static final double ROUNDED_AT_MOST = 0.01;

    /** {@return the part of the gradient that rounding may make up; NaN if it is not known} */
    double share() {
        return floor / yardstick.rounding().size();
    }

    private double difference() {
        return total.rmse() * Math.sqrt(total.elements());
    }

    private boolean explainsDifference() {
        return difference() <= floor;
    }

    private boolean isZero() {
        return total.cosineReason() != null;
    }

    /** The error that has to be seen: predicted or, where that is not known, the least allowed. */
    double error(ErrorWindow window) {
        double predicted = yardstick.predicted();
        return Double.isNaN(predicted) ? window.lower() : predicted;
    }

    /**
     * Why an agreement of estimate and reference means nothing: too much of the gradient may be
     * rounding. Empty if it does mean something.
     */
    String lost() {
        boolean known = share() <= ROUNDED_AT_MOST || !explainsDifference();
        return known || isZero() || !yardstick.objection().isEmpty()
                ? ""
                : text(
                        "rounding may make up %.1e of the gradient at this strength, so that the"
                                + " relative error of %.1e decides nothing",
                        share(), total.relativeError());
    }

    /** Why the error that the strength leaves cannot be judged beside rounding; empty if it can. */
    String hidden(ErrorWindow window) {
        double error = error(window);
        boolean any = !claim.isExact() && !isZero() && error > 0.0;
        return any && isBelow(error) && !isAsPredicted(window)
                ? text(
                        "rounding may make up %.1e of the gradient, and the error to be judged is"
                                + " %.1e",
                        share(), error)
                : "";
    }

    /** Why there is nothing to judge by order or window; empty if there is. */
    String remark(ErrorWindow window) {
        if (!explainsDifference()) {
            return "";
        }
        if (isZero()) {
            return total.cosineReason() + ", to rounding";
        }
        return !claim.isExact() && isBelow(error(window)) ? unmeasured() : "";
    }

    /** Why no order can be measured. */
    String unmeasured() {
        return text(
                "order not measurable: relative error %.1e, of which rounding explains up to %.1e",
                total.relativeError(), share());
    }

    private boolean isBelow(double error) {
        return explainsDifference() && error * difference() / total.relativeError() <= floor;
    }

    private boolean isAsPredicted(ErrorWindow window) {
        double predicted = yardstick.predicted();
        ErrorWindow expected =
                Double.isNaN(predicted) ? window : ErrorWindow.around(predicted, 0.0);
        return expected.contains(total.relativeError());
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
