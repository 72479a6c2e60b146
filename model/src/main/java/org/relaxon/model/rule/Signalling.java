package org.relaxon.model.rule;

/**
 * Which changes a cell sends, in {@link org.relaxon.model.rule.Units}.
 *
 * @param threshold change worth a signal, at least 0; 0 means any changed bit
 * @param quantum step of the grid that signals are rounded to; 0 for exact values. A step counts as
 *     one unit spike (sigma-delta modulation), and a change of less than half a step is not sent
 */
public record Signalling(double threshold, double quantum) {
    /**
     * Checks both numbers.
     *
     * @param threshold change worth a signal, at least 0; 0 means any changed bit
     * @param quantum step of the grid that signals are rounded to; 0 for exact values. A step
     *     counts as one unit spike (sigma-delta modulation), and a change of less than half a step
     *     is not sent
     * @throws IllegalArgumentException naming the one that is negative or not finite
     */
    public Signalling {
        requireFinite("threshold", threshold);
        requireFinite("quantum", quantum);
    }

    /**
     * {@return a signalling of exact values beyond a threshold}
     *
     * @param threshold change worth a signal, at least 0
     */
    public static Signalling exact(double threshold) {
        return new Signalling(threshold, 0.0);
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

    /** {@return the least change of a value that is worth a signal} */
    public double least() {
        return Math.max(threshold, 0.5 * quantum);
    }

    private static void requireFinite(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": need a finite number >= 0, got " + value);
        }
    }
}
