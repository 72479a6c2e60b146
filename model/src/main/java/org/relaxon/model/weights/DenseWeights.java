package org.relaxon.model.weights;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.math.Kernels;

/** A synapse from every presynaptic neuron to every neuron of the cell: one array per row. */
public class DenseWeights implements Weights {
    private final double[][] values;

    DenseWeights(double[][] values) {
        this.values = values;
    }

    /**
     * {@return weights that are all 0}
     *
     * @param rows number of postsynaptic neurons, at least 1
     * @param columns number of presynaptic neurons
     */
    public static DenseWeights zeros(int rows, int columns) {
        return new DenseWeights(new double[rows][columns]);
    }

    /**
     * {@return the same in a precision}
     *
     * @param rows number of postsynaptic neurons, at least 1
     * @param columns number of presynaptic neurons
     * @param precision of the numbers and of products with them
     */
    public static Weights zeros(int rows, int columns, Kernels.Precision precision) {
        return precision == Kernels.Precision.FLOAT
                ? new FloatWeights(rows, columns)
                : zeros(rows, columns);
    }

    /**
     * {@return the same with feedback weights of their own, all 0 as well}
     *
     * @param rows number of postsynaptic neurons, at least 1
     * @param columns number of presynaptic neurons
     */
    public static DenseWeights withOwnFeedback(int rows, int columns) {
        return new WeightsWithFeedback(rows, columns);
    }

    @Override
    public int rows() {
        return values.length;
    }

    @Override
    public int columns() {
        return values[0].length;
    }

    @Override
    public long synapses() {
        return (long) values.length * columns();
    }

    @Override
    public int reached(int column) {
        return values.length;
    }

    @Override
    public double[][] values() {
        return values;
    }

    @Override
    public void addDrive(Kernels kernels, double[] activity, int width, double[] drive) {
        kernels.drive(values, columns(), activity, width, drive);
    }

    @Override
    public void feedback(Kernels kernels, double[] backward, int width, double[] feedback) {
        kernels.feedback(values, columns(), backward, width, feedback);
    }

    @Override
    public Weights withColumns() {
        return new ColumnWeights(values);
    }

    @Override
    public long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive) {
        for (int i = 0; i < values.length; i++) {
            for (int k = begin; k < end; k++) {
                drive[i] += values[i][changed[k]] * by[k];
            }
        }
        return (long) (end - begin) * values.length;
    }

    @Override
    public long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback) {
        kernels.addMultiples(values, changed, by, begin, end, columns(), feedback);
        return (long) (end - begin) * columns();
    }

    @Override
    public void addOuter(Kernels kernels, double[] factor, double[] activity, int width) {
        kernels.outer(factor, activity, columns(), width, values);
    }

    /** Every product is added to the number itself. */
    @Override
    public boolean addsColumnByColumn() {
        return true;
    }

    @Override
    public List<Weights> slices(int most) {
        return RowRanges.of(values.length, most)
                .<Weights>map(r -> new DenseWeights(Arrays.copyOfRange(values, r[0], r[1])))
                .toList();
    }

    @Override
    public Weights magnitudes() {
        DenseWeights out = zeros(values.length, columns());
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < columns(); j++) {
                out.values[i][j] = Math.abs(values[i][j]);
            }
        }
        return out;
    }

    @Override
    public double squaredLength(int row) {
        double sum = 0.0;
        for (double w : values[row]) {
            sum += w * w;
        }
        return sum;
    }

    @Override
    public void addRowSums(double[] sums) {
        for (int i = 0; i < values.length; i++) {
            for (double w : values[i]) {
                sums[i] += Math.abs(w);
            }
        }
    }

    @Override
    public void addBlockSums(int[] begins, double[][] sums) {
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k + 1 < begins.length; k++) {
                for (int j = begins[k]; j < begins[k + 1]; j++) {
                    sums[i][k] += Math.abs(values[i][j]);
                }
            }
        }
    }

    @Override
    public void multiplyBlocks(int[] begins, double[][] factors) {
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k + 1 < begins.length; k++) {
                for (int j = begins[k]; j < begins[k + 1]; j++) {
                    values[i][j] *= factors[i][k];
                }
            }
        }
    }

    @Override
    public DenseWeights zeros() {
        return zeros(values.length, columns());
    }

    @Override
    public DenseWeights over(double[][] whole, int first) {
        return new DenseWeights(Arrays.copyOfRange(whole, first, first + values.length));
    }

    @Override
    public void save(double[][] whole, int first) {
        copy(values, 0, whole, first);
    }

    @Override
    public void load(double[][] whole, int first) {
        copy(whole, first, values, 0);
    }

    private void copy(double[][] from, int source, double[][] to, int target) {
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(from[source + i], 0, to[target + i], 0, columns());
        }
    }
}
