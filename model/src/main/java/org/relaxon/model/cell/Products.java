package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.stream.Stream;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.weights.Weights;

/**
 * The products of one projection's weights in one phase: W x for the drive, W^T v for the feedback.
 * They are made as wholes at every use, or follow what changes; that of a clamped population is
 * made once.
 */
final class Products {
    private final Weights weights;
    private final boolean clamped;
    private final EventDrivenProduct forth; // null unless driven by events
    private final EventDrivenProduct back; // likewise
    private double[] clampedDrive; // null until it is needed

    Products(Weights weights, boolean clamped, boolean eventDriven) {
        this.weights = weights;
        this.clamped = clamped;
        boolean follows = eventDriven && !clamped;
        forth = follows ? new EventDrivenProduct(weights, false) : null;
        back = follows ? new EventDrivenProduct(weights, true) : null;
    }

    /** Begins a phase, with activities and errors of zeros unless the population is clamped. */
    void open(int columns, int activityPlanes, int feedbackPlanes) {
        clampedDrive = null;
        if (forth != null) {
            forth.open(columns, activityPlanes);
            back.open(columns, feedbackPlanes);
        }
    }

    /** Adds W x to {@code drive}. */
    void addDrive(Kernels kernels, double[] x, int width, double[] drive) {
        if (!clamped && forth == null) {
            weights.addDrive(kernels, x, width, drive);
            return;
        }
        if (clamped && clampedDrive == null) {
            clampedDrive = ClampedDrive.of(weights, kernels, x, width);
        }
        double[] known = clamped ? clampedDrive : forth.of(kernels, x, null);
        for (int k = 0; k < drive.length; k++) {
            drive[k] += known[k];
        }
    }

    /**
     * Writes W^T v.
     *
     * @param allowed change of v that need not be followed, per column
     */
    void feedback(Kernels kernels, double[] v, double[] allowed, int width, double[] into) {
        if (back == null) {
            weights.feedback(kernels, v, width, into);
        } else {
            double[] known = back.of(kernels, v, allowed);
            System.arraycopy(known, 0, into, 0, into.length);
        }
    }

    /** Discards products: the weights have changed, or what they were products of is lost. */
    void forget() {
        clampedDrive = null;
        if (forth != null) {
            forth.forget();
            back.forget();
        }
    }

    /** The same in a copy of the arrays of {@link #appendedTo}, which begin at {@code first}. */
    static void forget(double[][] saved, int first) {
        for (int k = first; k < saved.length; k += EventDrivenProduct.ARRAYS) {
            Arrays.fill(saved[k], Double.NaN);
        }
    }

    /** Multiplications that products driven by events spared, since the phase began. */
    long spared() {
        return forth == null ? 0 : forth.spared() + back.spared();
    }

    /** Some arrays, followed by those of products that follow what changes, for snapshots. */
    double[][] appendedTo(double[]... signals) {
        return forth == null
                ? signals
                : Stream.of(signals, forth.arrays(), back.arrays())
                        .flatMap(Stream::of)
                        .toArray(double[][]::new);
    }

    /** Writes down the counts, which no array has. */
    void save(StateWriter out) {
        if (forth != null) {
            forth.save(out);
            back.save(out);
        }
    }

    void load(StateReader in) {
        if (forth != null) {
            forth.load(in);
            back.load(in);
        }
    }
}
