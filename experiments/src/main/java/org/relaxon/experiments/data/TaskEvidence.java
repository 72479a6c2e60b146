package org.relaxon.experiments.data;

import java.util.Arrays;

/** The common properties of a set's targets, and the task that they imply. */
final class TaskEvidence {
    /** Largest deviation of the sum of a float32 distribution from 1. */
    static final double SUM_TOLERANCE = 1e-6;

    private boolean oneHot = true;
    private boolean soft = true;
    private boolean zeroOne = true;
    private boolean signs = true;
    private boolean inputs = true;
    private int outputs;

    /** Considers all examples, until no property is left to determine. */
    void add(DataSet set) {
        outputs = set.classes();
        double[] input = new double[set.inputs()];
        double[] target = new double[outputs];
        for (int k = 0; k < set.size() && (oneHot || soft || zeroOne || signs || inputs); k++) {
            set.target(k, target, 0, 1);
            if (inputs) {
                set.input(k, input, 0, 1);
                inputs = areEqual(input, target);
            }
            oneHot &= isOneHot(target);
            soft &= isDistribution(target);
            zeroOne &= Arrays.stream(target).allMatch(t -> t == 0 || t == 1);
            signs &= Arrays.stream(target).allMatch(t -> t == -1 || t == 1);
        }
    }

    Task task() {
        if (inputs) {
            return Task.RECONSTRUCTION;
        }
        if (outputs == 1) {
            return zeroOne || signs ? Task.BINARY : Task.REGRESSION;
        }
        return oneHot || soft ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    /** Returns whether all targets are 0 or 1, or all are -1 or 1. */
    boolean isBinary() {
        return outputs == 1 && (zeroOne || signs);
    }

    /** The middle of the two codes of a binary task. */
    double threshold() {
        return zeroOne ? 0.5 : 0.0;
    }

    private static boolean areEqual(double[] a, double[] b) {
        boolean equal = a.length == b.length;
        for (int k = 0; equal && k < a.length; k++) {
            equal = a[k] == b[k]; // so that 0 equals -0
        }
        return equal;
    }

    /** One 1, all others 0 or all others -1. */
    private static boolean isOneHot(double[] target) {
        int ones = 0;
        int zeros = 0;
        int negatives = 0;
        for (double t : target) {
            ones += t == 1 ? 1 : 0;
            zeros += t == 0 ? 1 : 0;
            negatives += t == -1 ? 1 : 0;
        }
        return ones == 1 && Math.max(zeros, negatives) == target.length - 1;
    }

    private static boolean isDistribution(double[] target) {
        double sum = 0.0;
        for (double t : target) {
            if (!(t >= 0)) {
                return false;
            }
            sum += t;
        }
        return Math.abs(sum - 1.0) <= SUM_TOLERANCE;
    }
}
