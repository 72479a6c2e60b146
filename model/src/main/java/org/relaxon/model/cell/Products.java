package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.stream.Stream;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.weights.Weights;

/**
 * The products of one projection's weights in one phase, W x for the drive and W^T v for the
 * feedback: made as wholes at every use, or following what changes.
 */
abstract class Products {
    private static final Products WHOLE = new Whole(); // has no state

    private Products() {}

    /** Those of a projection from a population that is not clamped. */
    static Products of(Weights weights, boolean eventDriven) {
        return eventDriven ? new EventDriven(weights) : WHOLE;
    }

    /** Begins a phase, with activities and errors of zeros. */
    void open(int columns, int activityPlanes, int feedbackPlanes) {}

    /** Adds W x to {@code drive}. */
    abstract void addDrive(Weights w, Kernels kernels, double[] x, int width, double[] drive);

    /**
     * Writes W^T v.
     *
     * @param allowed change of v that need not be followed, per column
     */
    abstract void feedback(Weights w, Kernels kernels, double[] v, double[] allowed, double[] into);

    /** Discards products: the weights have changed, or what they were products of is lost. */
    void forget() {}

    /** The same in a copy of the arrays of {@link #appendedTo}, which begin at {@code first}. */
    static void forget(double[][] saved, int first) {
        for (int k = first; k < saved.length; k += EventDrivenProduct.ARRAYS) {
            Arrays.fill(saved[k], Double.NaN);
        }
    }

    /** Multiplications that products driven by events spared, since the phase began. */
    long spared() {
        return 0;
    }

    /** Some arrays, followed by those of products that follow what changes, for snapshots. */
    double[][] appendedTo(double[]... signals) {
        return signals;
    }

    /** Writes down the counts, which no array has. */
    void save(StateWriter out) {}

    void load(StateReader in) {}

    /** Adds a product that is known. */
    static void add(double[] known, double[] drive) {
        for (int k = 0; k < drive.length; k++) {
            drive[k] += known[k];
        }
    }

    private static final class Whole extends Products {
        @Override
        void addDrive(Weights w, Kernels kernels, double[] x, int width, double[] drive) {
            w.addDrive(kernels, x, width, drive);
        }

        @Override
        void feedback(Weights w, Kernels kernels, double[] v, double[] allowed, double[] into) {
            w.feedback(kernels, v, v.length / w.rows(), into);
        }
    }

    private static final class EventDriven extends Products {
        private final EventDrivenProduct forth;
        private final EventDrivenProduct back;

        EventDriven(Weights weights) {
            forth = new EventDrivenProduct(weights, false);
            back = new EventDrivenProduct(weights, true);
        }

        @Override
        void open(int columns, int activityPlanes, int feedbackPlanes) {
            forth.open(columns, activityPlanes);
            back.open(columns, feedbackPlanes);
        }

        @Override
        void addDrive(Weights w, Kernels kernels, double[] x, int width, double[] drive) {
            add(forth.of(kernels, x, null), drive);
        }

        @Override
        void feedback(Weights w, Kernels kernels, double[] v, double[] allowed, double[] into) {
            System.arraycopy(back.of(kernels, v, allowed), 0, into, 0, into.length);
        }

        @Override
        void forget() {
            forth.forget();
            back.forget();
        }

        @Override
        long spared() {
            return forth.spared() + back.spared();
        }

        @Override
        double[][] appendedTo(double[]... signals) {
            return Stream.of(signals, forth.arrays(), back.arrays())
                    .flatMap(Stream::of)
                    .toArray(double[][]::new);
        }

        @Override
        void save(StateWriter out) {
            forth.save(out);
            back.save(out);
        }

        @Override
        void load(StateReader in) {
            forth.load(in);
            back.load(in);
        }
    }
}
