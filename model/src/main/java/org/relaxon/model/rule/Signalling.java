package org.relaxon.model.rule;

import java.util.Objects;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Network;

/**
 * Which changes a cell sends, in {@link org.relaxon.model.rule.Units}.
 *
 * @param threshold change worth a signal, at least 0; 0 means any changed bit
 * @param quantum step of the grid that signals are rounded to; 0 for exact values. A step counts as
 *     one unit spike (sigma-delta modulation), and a change of less than half a step is not sent
 * @param drive how cells compute their products with weights from what changed
 */
public record Signalling(double threshold, double quantum, Drive drive) {
    /** How a cell computes the products of its weights with the activities around it. */
    public enum Drive {
        /** Every product as a whole, whenever any of its activities has changed. */
        DENSE,
        /**
         * By what changed alone, where that is less. A signal repeats, bit by bit, the value last
         * sent of every neuron that has moved by no more than the threshold, so that few change.
         */
        EVENT_DRIVEN
    }

    /**
     * Checks both numbers.
     *
     * @param threshold change worth a signal, at least 0; 0 means any changed bit
     * @param quantum step of the grid that signals are rounded to; 0 for exact values. A step
     *     counts as one unit spike (sigma-delta modulation), and a change of less than half a step
     *     is not sent
     * @param drive how cells compute their products with weights from what changed
     * @throws IllegalArgumentException naming the one that is negative or not finite
     */
    public Signalling {
        requireFinite("threshold", threshold);
        requireFinite("quantum", quantum);
        Objects.requireNonNull(drive, "drive");
    }

    /**
     * {@return a signalling of exact values beyond a threshold}
     *
     * @param threshold change worth a signal, at least 0
     */
    public static Signalling exact(double threshold) {
        return new Signalling(threshold, 0.0, Drive.DENSE);
    }

    /**
     * {@return the step of a grid of 2^bits levels over [-1, 1]}
     *
     * @param bits 1 to 52
     */
    public static double quantumOfBits(int bits) {
        if (bits < 1 || bits > 52) {
            throw new IllegalArgumentException("quantum: " + bits + " bits is not in 1..52");
        }
        return StrictMath.scalb(1.0, 1 - bits);
    }

    /** {@return whether products are computed from what changed alone} */
    public boolean isEventDriven() {
        return drive == Drive.EVENT_DRIVEN;
    }

    /** {@return the least change of a value that is worth a signal} */
    public double least() {
        return Math.max(threshold, 0.5 * quantum);
    }

    /**
     * {@return the least threshold that a run takes by itself: smaller changes can be rounding; 0
     * in double precision}
     *
     * @param kernels kind of arithmetic
     */
    public static double leastThreshold(Kernels.Kind kernels) {
        return kernels.precision() == Kernels.Precision.FLOAT ? SinglePrecision.OWN_THRESHOLD : 0.0;
    }

    /**
     * Refuses to combine what cells cannot in the precision of their kernels.
     *
     * @param network network that is to settle
     * @param rule rule that the cells are to follow
     * @param kernels kind of arithmetic
     * @throws IllegalArgumentException naming it, and what to use instead
     */
    public void requireSupported(Network network, Rule rule, Kernels.Kind kernels) {
        SinglePrecision.require(network, rule, kernels, this);
    }

    private static void requireFinite(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": need a finite number >= 0, got " + value);
        }
    }
}
