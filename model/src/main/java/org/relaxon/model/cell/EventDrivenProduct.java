package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.weights.Weights;

/**
 * A product W x, or W^T x, that follows its x: where few numbers of x have changed, their columns
 * times their changes are added. All shapes have the columns of a phase, times planes.
 *
 * <p>Such a sum keeps the rounding of all that was ever added. A sum of k terms is off by at most
 * gamma_k = k u / (1 - k u) times the sum of their magnitudes, u = 2^-53 (Higham 2002, Accuracy and
 * Stability of Numerical Algorithms, section 4.2), here by at most gamma_(k+2) max_j |w_ij| (|x_0|
 * + path), where |x_0| and path are 1-norms: of x when the product was last computed as a whole,
 * and of all changes since. The product is computed as a whole again before k exceeds {@link
 * #ROUNDS} n for n numbers x_j, or |x_0| + path exceeds {@link #PATHS} times |x|, in any column. It
 * follows that the drift is below gamma_(ROUNDS n + n + 2) max_j |w_ij| PATHS |x|.
 */
final class EventDrivenProduct {
    /** Changes of every number of x, on average, between two products as a whole. */
    static final int ROUNDS = 64;

    /** How far x may move between them, in units of its own size. */
    static final double PATHS = 64.0;

    /** Number of {@link #arrays}. */
    static final int ARRAYS = 3;

    private static final double[] NOTHING = {};

    /**
     * Share of the numbers of x from which on the whole product is made, which costs little more
     * and leaves no drift.
     */
    private static final double MOST = 0.875;

    private final Weights weights;
    private final boolean transposed;
    private final double rounds;
    private final double paths;
    private double[] x = NOTHING; // of which the sum is the product; NaN: of nothing
    private double[] sum = NOTHING;
    private double[] trail = NOTHING; // shape (2, width): path and changes since the whole product
    private int width;
    private int planes;
    private long spared; // multiplications, since the phase began
    private double[] size = NOTHING; // least |x| of every column that is known
    private int[] ends = {}; // of the changes of every column; scratch
    private int[] changed = {}; // scratch
    private double[] by = NOTHING; // scratch
    private double[] column = NOTHING; // scratch

    EventDrivenProduct(Weights weights, boolean transposed) {
        this(weights, transposed, ROUNDS, PATHS);
    }

    /**
     * @param rounds see {@link #ROUNDS}; infinite for no repair
     * @param paths see {@link #PATHS}; likewise
     */
    EventDrivenProduct(Weights weights, boolean transposed, double rounds, double paths) {
        this.weights = weights;
        this.transposed = transposed;
        this.rounds = rounds;
        this.paths = paths;
    }

    private int inputs() {
        return transposed ? weights.rows() : weights.columns();
    }

    private int outputs() {
        return transposed ? weights.columns() : weights.rows();
    }

    /** Begins a phase with an x of zeros. */
    void open(int columns, int planesOfPhase) {
        width = columns * planesOfPhase;
        planes = planesOfPhase;
        x = Port.atRest(x, inputs() * width);
        sum = Port.atRest(sum, outputs() * width);
        trail = Port.atRest(trail, 2 * width);
        spared = 0;
        size = new double[width];
        ends = new int[width];
        if (changed.length < x.length) {
            changed = new int[x.length];
            by = new double[x.length];
        }
    }

    /**
     * The product, up to date but for numbers that moved by no more than allowed, per column.
     *
     * @param now x, shape (inputs, width)
     * @param allowed change per column that need not be followed; null for none
     * @return shape (outputs, width); shared, to be read only
     */
    double[] of(Kernels kernels, double[] now, double[] allowed) {
        long whole = weights.synapses() * width;
        long made = follow(kernels, now, allowed);
        if (made < 0) {
            wholly(kernels, now);
            made = whole;
        }
        spared += (whole - made) / planes;
        return sum;
    }

    /** Adds what has changed; -1 where the whole product is to be made instead. */
    private long follow(Kernels kernels, double[] now, double[] allowed) {
        int all = 0;
        boolean bounded = true;
        for (int c = 0; c < width; c++) {
            int begin = all;
            all = listChanges(now, allowed, c, begin);
            ends[c] = all;
            bounded &= all == begin || isBounded(now, allowed, c, begin, all);
        }
        if (!bounded || all > MOST * x.length) {
            return -1;
        }
        long made = 0;
        for (int c = 0; c < width; c++) {
            int begin = c == 0 ? 0 : ends[c - 1];
            for (int k = begin; k < ends[c]; k++) {
                x[changed[k] * width + c] = now[changed[k] * width + c];
            }
            made += begin == ends[c] ? 0 : add(kernels, begin, ends[c], c);
        }
        return made;
    }

    /** Lists the inputs that have changed in one column, and their changes; returns the end. */
    private int listChanges(double[] now, double[] allowed, int c, int begin) {
        double most = allowed == null ? 0.0 : allowed[c % allowed.length];
        int count = begin;
        for (int j = 0, at = c; at < x.length; j++, at += width) {
            double change = now[at] - x[at];
            if (!(Math.abs(change) <= most)) {
                changed[count] = j;
                by[count] = change;
                count++;
            }
        }
        return count;
    }

    /** Whether the drift of one column stays bounded with these changes; a NaN is not. */
    private boolean isBounded(double[] now, double[] allowed, int c, int begin, int end) {
        double path = 0.0;
        for (int k = begin; k < end; k++) {
            path += Math.abs(by[k]);
        }
        trail[c] += path;
        trail[width + c] += end - begin;
        size[c] -= path; // x is at least as large as this
        if (!(trail[c] <= paths * size[c])) {
            size[c] = sizeWith(now, allowed, c);
        }
        return trail[c] <= paths * size[c] && trail[width + c] <= rounds * inputs();
    }

    /** |x| of one column with its changes. */
    private double sizeWith(double[] now, double[] allowed, int c) {
        double most = allowed == null ? 0.0 : allowed[c % allowed.length];
        double sum = 0.0;
        for (int at = c; at < x.length; at += width) {
            boolean moves = !(Math.abs(now[at] - x[at]) <= most);
            sum += Math.abs(moves ? now[at] : x[at]);
        }
        return sum;
    }

    private long add(Kernels kernels, int begin, int end, int c) {
        if (width == 1) {
            return add(kernels, begin, end, sum);
        }
        if (column.length != outputs()) {
            column = new double[outputs()];
        }
        Arrays.fill(column, 0.0);
        long made = add(kernels, begin, end, column);
        for (int i = 0; i < column.length; i++) {
            sum[i * width + c] += column[i];
        }
        return made;
    }

    private long add(Kernels kernels, int begin, int end, double[] into) {
        return transposed
                ? weights.addChangedFeedback(kernels, changed, by, begin, end, into)
                : weights.addChangedDrive(kernels, changed, by, begin, end, into);
    }

    private void wholly(Kernels kernels, double[] now) {
        System.arraycopy(now, 0, x, 0, x.length);
        if (transposed) {
            weights.feedback(kernels, x, width, sum);
        } else {
            Arrays.fill(sum, 0.0);
            weights.addDrive(kernels, x, width, sum);
        }
        Arrays.fill(trail, 0.0);
        for (int k = 0; k < x.length; k++) {
            trail[k % width] += Math.abs(x[k]);
        }
        System.arraycopy(trail, 0, size, 0, width);
    }

    /** Multiplications that whole products would have made in addition, since the phase began. */
    long spared() {
        return spared;
    }

    /** The next product is computed as a whole: weights have changed, or x is lost. */
    void forget() {
        Arrays.fill(x, Double.NaN); // which is no value to follow from
    }

    /** The mutable arrays of a phase, in columns: x, the sum and its trail. */
    double[][] arrays() {
        return new double[][] {x, sum, trail};
    }

    /** Its {@link #arrays} are saved with those of the phase. */
    void save(StateWriter out) {
        out.writeLong(spared);
    }

    void load(StateReader in) {
        spared = in.readLong();
    }
}
