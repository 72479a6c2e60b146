package org.relaxon.experiments.reproduction;

import org.relaxon.experiments.certificate.DelayBounds;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.settle.Reason;

/**
 * One settling under delays.
 *
 * @param inference how the cells move
 * @param varied quantity varied in this part of the experiment
 * @param seed of network, data and pauses
 * @param ticks mean one-way delay in mean pauses of a cell
 * @param step eta; NaN where there is none
 * @param stepLimit eta below which theory lets gradient steps settle at this constant delay
 * @param bounds of the network, on eta d
 * @param reason why it did not settle; null if it did
 * @param residual largest defect at the end
 * @param halfway largest defect of the same run after half of its messages; NaN unless it spent its
 *     message budget
 * @param tolerance largest defect that counts as settled
 * @param comparison local update against backprop; null if it did not settle
 * @param distance relative distance of the local update from the exact gradient at this finite
 *     nudge; NaN if it did not settle
 * @param messages signals sent
 * @param synapticOperations multiplications by a weight
 * @param nanos virtual time
 */
public record DelayRow(
        Inference inference,
        Varied varied,
        long seed,
        int ticks,
        double step,
        double stepLimit,
        DelayBounds bounds,
        Reason reason,
        double residual,
        double halfway,
        double tolerance,
        GradientComparison comparison,
        double distance,
        long messages,
        long synapticOperations,
        long nanos) {
    /** Share of the residual halfway below which a run is on its way to rest. */
    static final double STEADY = 0.1;

    /** The two parts of the experiment. */
    public enum Varied {
        /** The step, at one delay. */
        STEP,
        /** The delay, at one step. */
        DELAY
    }

    /** {@return true if the run settled} */
    public boolean settled() {
        return reason == null;
    }

    /** {@return eta d, dimensionless; NaN without a step} */
    public double product() {
        return step * ticks;
    }

    /** The step as a share of the limit; above 1 theory promises nothing. */
    double ofLimit() {
        return step / stepLimit;
    }

    /** Step times delay as a share of the bound above which it must fail; 0 if there is none. */
    double ofFailure() {
        return product() / bounds.free();
    }

    /**
     * Whether it spent its budget and is not on its way to rest: an oscillation changes its
     * residual between two moments by a factor of about four; what comes to rest loses a constant
     * share of it in every equal time.
     *
     * @return true if the residual at the end is at least a tenth of that halfway
     */
    public boolean staysAway() {
        return residual >= STEADY * halfway; // NaN fails
    }

    /** {@return the relative error against backprop; NaN if the run did not settle} */
    public double relativeError() {
        return comparison == null ? Double.NaN : comparison.total().relativeError();
    }
}
