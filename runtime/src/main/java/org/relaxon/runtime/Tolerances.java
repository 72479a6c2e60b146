package org.relaxon.runtime;

import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
import org.relaxon.model.rule.Signalling.Drive;
import org.relaxon.model.rule.Trait;

/**
 * Which changes and defects count: the interdependent numbers of a plan, and the defaults of those
 * that were not given.
 *
 * @param threshold change worth a signal; NaN if it was not given
 * @param refines whether audits may lower it
 * @param quantum step of the grid of signals, 0 for exact values
 * @param tolerance largest defect that counts as settled; NaN if it was not given
 * @param resolution share of its size to which an update must be known; NaN if it was not given
 * @param drive how cells compute their products with weights
 * @param kernels strict or fast arithmetic, and its precision
 */
record Tolerances(
        double threshold,
        boolean refines,
        double quantum,
        double tolerance,
        double resolution,
        Drive drive,
        Kernels.Kind kernels) {
    static final Tolerances DEFAULT =
            new Tolerances(
                    Double.NaN,
                    true,
                    0.0,
                    Double.NaN,
                    Double.NaN,
                    Drive.DENSE,
                    Kernels.Kind.STRICT);

    private static final double LEAST = 1e-12;
    private static final double LEAST_OF_FLOAT = 1e-5;
    private static final double MOST = 0.999;
    private static final double PER_THRESHOLD = 100.0;

    Tolerances {
        if (!Double.isNaN(tolerance) && !(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance: need a number between 0 and 1, got " + tolerance);
        }
        if (!Double.isNaN(resolution) && !(resolution > 0)) {
            throw new IllegalArgumentException("resolution: need a number > 0, got " + resolution);
        }
        boolean given = !(refines && Double.isNaN(threshold));
        if (given && (!(threshold >= 0) || Double.isInfinite(threshold))) {
            throw new IllegalArgumentException(
                    "threshold: need a finite number >= 0, got " + threshold);
        }
    }

    Tolerances withThreshold(double value, boolean lowered) {
        return new Tolerances(value, lowered, quantum, tolerance, resolution, drive, kernels);
    }

    Tolerances withQuantum(double value) {
        return new Tolerances(threshold, refines, value, tolerance, resolution, drive, kernels);
    }

    Tolerances withTolerance(double value) {
        return new Tolerances(threshold, refines, quantum, value, resolution, drive, kernels);
    }

    Tolerances withResolution(double value) {
        return new Tolerances(threshold, refines, quantum, tolerance, value, drive, kernels);
    }

    Tolerances withDrive(Drive value) {
        return new Tolerances(threshold, refines, quantum, tolerance, resolution, value, kernels);
    }

    Tolerances withKernels(Kernels.Kind value) {
        return new Tolerances(threshold, refines, quantum, tolerance, resolution, drive, value);
    }

    /** See {@link RunPlan#requireConsistent}. */
    void requireConsistent(Rule rule) {
        boolean floats = kernels.precision() == Kernels.Precision.FLOAT;
        if (floats && rule.traits().has(Trait.HOLDS_ERRORS) && tolerance < LEAST_OF_FLOAT) {
            throw new IllegalArgumentException(
                    ("tolerance: the rounding of products in float leaves more than %s; give at least"
                                    + " %s, or --precision double")
                            .formatted(Numeral.text(tolerance), Numeral.text(LEAST_OF_FLOAT)));
        }
    }

    /** See {@link RunPlan#threshold}. */
    double thresholdOf(Rule rule) {
        if (!Double.isNaN(threshold) && !refines) {
            return threshold;
        }
        double least = Signalling.leastThreshold(kernels);
        return Math.max(least, Double.isNaN(threshold) ? usual(rule) : threshold);
    }

    private double usual(Rule rule) {
        if (Double.isNaN(tolerance)) {
            return RunPlan.DEFAULT_THRESHOLD;
        }
        double enough = tolerance / PER_THRESHOLD;
        return rule.traits().has(Trait.HOLDS_ERRORS)
                ? enough
                : Math.min(RunPlan.DEFAULT_THRESHOLD, enough);
    }

    Signalling signallingOf(Rule rule) {
        return new Signalling(thresholdOf(rule), quantum, drive);
    }

    /** See {@link RunPlan#effectiveTolerance}. */
    double toleranceOf(Rule rule) {
        return Double.isNaN(tolerance)
                ? Math.min(MOST, Math.max(LEAST, PER_THRESHOLD * signallingOf(rule).least()))
                : tolerance;
    }

    /** See {@link RunPlan#effectiveResolution}. */
    double resolutionOf(Rule rule) {
        if (!Double.isNaN(resolution)) {
            return resolution;
        }
        return Double.isNaN(tolerance)
                ? Math.max(RunPlan.DEFAULT_RESOLUTION, toleranceOf(rule))
                : tolerance;
    }
}
