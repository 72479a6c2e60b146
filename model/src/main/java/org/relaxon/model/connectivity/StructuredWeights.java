package org.relaxon.model.connectivity;

import java.util.Arrays;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/**
 * The synapses onto one cell as lists, one per neuron: which presynaptic neuron each comes from,
 * and where its strength is stored. Sums run over presynaptic neurons in ascending order, as those
 * of a matrix do.
 */
final class StructuredWeights implements Weights {
    /** The lists, shared by all weights of one structure. */
    private static final class Structure {
        private final int columns;
        private final Connectivity.Onto[] onto; // synapses of each own neuron
        private final boolean shares; // whether rows are stored for the whole projection
        private final double fixed; // strength of all synapses; NaN if it is stored
        private volatile int[] reached; // own neurons per presynaptic one; until somebody asks
        private volatile int[][] rows; // own neurons that each presynaptic one reaches; likewise
        private volatile int[][] places; // of these synapses among those onto the own neuron

        Structure(int columns, Connectivity.Onto[] onto, boolean shares, double fixed) {
            this.columns = columns;
            this.onto = onto;
            this.shares = shares;
            this.fixed = fixed;
        }

        /** Threads that ask at the same time count the same. */
        int reached(int column) {
            int[] known = reached;
            if (known == null) {
                known = new int[columns];
                for (Connectivity.Onto own : onto) {
                    for (int j : own.presynaptic()) {
                        known[j]++;
                    }
                }
                reached = known;
            }
            return known[column];
        }

        /** Lists the synapses of each presynaptic neuron, by own neuron ascending. */
        void listByColumn() {
            if (rows != null) {
                return;
            }
            int[][] to = new int[columns][];
            int[][] at = new int[columns][];
            for (int j = 0; j < columns; j++) {
                to[j] = new int[reached(j)];
                at[j] = new int[to[j].length];
            }
            int[] listed = new int[columns];
            for (int i = 0; i < onto.length; i++) {
                int[] pre = onto[i].presynaptic();
                for (int k = 0; k < pre.length; k++) {
                    int next = listed[pre[k]]++;
                    to[pre[k]][next] = i;
                    at[pre[k]][next] = k;
                }
            }
            places = at;
            rows = to; // last: who sees it sees both
        }

        double strength(double[][] values, int row, int k) {
            Connectivity.Onto own = onto[row];
            return isFixed() ? fixed : values[own.row()][own.numbers()[k]];
        }

        boolean isFixed() {
            return !Double.isNaN(fixed);
        }
    }

    private final Structure structure;
    private final double[][] values;

    private StructuredWeights(Structure structure, double[][] values) {
        this.structure = structure;
        this.values = values;
    }

    /** With a column for each presynaptic neuron, or for those that are {@code linked}. */
    static StructuredWeights zeros(
            Connectivity c, int from, int to, int presynaptic, int[] linked) {
        Connectivity.Onto[] onto = new Connectivity.Onto[to - from];
        for (int i = 0; i < onto.length; i++) {
            Connectivity.Onto one = c.checkedOnto(from + i, presynaptic);
            int[] pre = linked == null ? one.presynaptic() : columns(one.presynaptic(), linked);
            onto[i] = new Connectivity.Onto(c.shares() ? one.row() : i, pre, one.numbers());
        }
        boolean fixed = c.isFixed();
        int rows = fixed ? 0 : c.shares() ? c.rows(0) : onto.length;
        double[][] values = new double[rows][c.rowLength(presynaptic)];
        int columns = linked == null ? presynaptic : linked.length;
        return new StructuredWeights(new Structure(columns, onto, c.shares(), c.fixed()), values);
    }

    private static int[] columns(int[] neurons, int[] linked) {
        int[] out = new int[neurons.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = Arrays.binarySearch(linked, neurons[k]);
        }
        return out;
    }

    @Override
    public int rows() {
        return structure.onto.length;
    }

    @Override
    public int columns() {
        return structure.columns;
    }

    @Override
    public long synapses() {
        long sum = 0;
        for (Connectivity.Onto own : structure.onto) {
            sum += own.presynaptic().length;
        }
        return sum;
    }

    @Override
    public int reached(int column) {
        return structure.reached(column);
    }

    @Override
    public double[][] values() {
        return values;
    }

    @Override
    public void addDrive(Kernels kernels, double[] activity, int width, double[] drive) {
        for (int i = 0; i < rows(); i++) {
            int[] pre = structure.onto[i].presynaptic();
            for (int k = 0; k < pre.length; k++) {
                addMultiple(
                        structure.strength(values, i, k),
                        activity,
                        pre[k] * width,
                        drive,
                        i * width,
                        width);
            }
        }
    }

    @Override
    public void feedback(Kernels kernels, double[] backward, int width, double[] feedback) {
        Arrays.fill(feedback, 0, columns() * width, 0.0);
        for (int i = 0; i < rows(); i++) {
            int[] pre = structure.onto[i].presynaptic();
            for (int k = 0; k < pre.length; k++) {
                addMultiple(
                        structure.strength(values, i, k),
                        backward,
                        i * width,
                        feedback,
                        pre[k] * width,
                        width);
            }
        }
    }

    @Override
    public long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive) {
        structure.listByColumn();
        long made = 0;
        for (int n = begin; n < end; n++) {
            int[] to = structure.rows[changed[n]];
            int[] at = structure.places[changed[n]];
            for (int k = 0; k < to.length; k++) {
                drive[to[k]] += structure.strength(values, to[k], at[k]) * by[n];
            }
            made += to.length;
        }
        return made;
    }

    @Override
    public long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback) {
        long made = 0;
        for (int n = begin; n < end; n++) {
            int[] pre = structure.onto[changed[n]].presynaptic();
            for (int k = 0; k < pre.length; k++) {
                feedback[pre[k]] += structure.strength(values, changed[n], k) * by[n];
            }
            made += pre.length;
        }
        return made;
    }

    private static void addMultiple(
            double w, double[] from, int source, double[] to, int target, int width) {
        for (int c = 0; c < width; c++) {
            to[target + c] += w * from[source + c];
        }
    }

    @Override
    public void addOuter(Kernels kernels, double[] factor, double[] activity, int width) {
        if (structure.isFixed()) {
            return;
        }
        for (int i = 0; i < rows(); i++) {
            Connectivity.Onto own = structure.onto[i];
            double[] sums = values[own.row()];
            for (int k = 0; k < own.presynaptic().length; k++) {
                int at = own.presynaptic()[k] * width;
                double sum = sums[own.numbers()[k]];
                for (int c = 0; c < width; c++) {
                    sum += factor[i * width + c] * activity[at + c];
                }
                sums[own.numbers()[k]] = sum;
            }
        }
    }

    /** With a number for every synapse, whatever these shared. */
    @Override
    public Weights magnitudes() {
        Connectivity.Onto[] single = new Connectivity.Onto[rows()];
        double[][] sizes = new double[rows()][];
        for (int i = 0; i < single.length; i++) {
            int[] pre = structure.onto[i].presynaptic();
            int[] places = new int[pre.length];
            sizes[i] = new double[pre.length];
            for (int k = 0; k < pre.length; k++) {
                places[k] = k;
                sizes[i][k] = Math.abs(structure.strength(values, i, k));
            }
            single[i] = new Connectivity.Onto(i, pre, places);
        }
        return new StructuredWeights(new Structure(columns(), single, false, Double.NaN), sizes);
    }

    @Override
    public double squaredLength(int row) {
        double sum = 0.0;
        for (int k = 0; k < structure.onto[row].presynaptic().length; k++) {
            double w = structure.strength(values, row, k);
            sum += w * w;
        }
        return sum;
    }

    @Override
    public void addRowSums(double[] sums) {
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < structure.onto[i].presynaptic().length; k++) {
                sums[i] += Math.abs(structure.strength(values, i, k));
            }
        }
    }

    @Override
    public void addBlockSums(int[] begins, double[][] sums) {
        for (int i = 0; i < rows(); i++) {
            int[] pre = structure.onto[i].presynaptic();
            for (int k = 0; k < pre.length; k++) {
                int block = block(begins, pre[k]);
                sums[i][block] += Math.abs(structure.strength(values, i, k));
            }
        }
    }

    @Override
    public void multiplyBlocks(int[] begins, double[][] factors) {
        if (structure.shares || structure.isFixed()) {
            throw new IllegalStateException(
                    "synapses that share a number have no factors of their own");
        }
        for (int i = 0; i < rows(); i++) {
            Connectivity.Onto own = structure.onto[i];
            for (int k = 0; k < own.presynaptic().length; k++) {
                values[own.row()][own.numbers()[k]] *=
                        factors[i][block(begins, own.presynaptic()[k])];
            }
        }
    }

    private static int block(int[] begins, int neuron) {
        int found = Arrays.binarySearch(begins, neuron);
        return found >= 0 ? found : -2 - found;
    }

    @Override
    public Weights zeros() {
        double[][] none = new double[values.length][];
        for (int i = 0; i < none.length; i++) {
            none[i] = new double[values[i].length];
        }
        return new StructuredWeights(structure, none);
    }

    @Override
    public Weights over(double[][] whole, int first) {
        int from = first(first);
        return new StructuredWeights(
                structure, Arrays.copyOfRange(whole, from, from + values.length));
    }

    @Override
    public void save(double[][] whole, int first) {
        copy(values, 0, whole, first(first));
    }

    @Override
    public void load(double[][] whole, int first) {
        copy(whole, first(first), values, 0);
    }

    /** Rows that all neurons share are the whole projection's, whichever cell has them. */
    private int first(int firstOfCell) {
        return structure.shares || structure.isFixed() ? 0 : firstOfCell;
    }

    private void copy(double[][] from, int source, double[][] to, int target) {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(from[source + i], 0, to[target + i], 0, values[i].length);
        }
    }
}
