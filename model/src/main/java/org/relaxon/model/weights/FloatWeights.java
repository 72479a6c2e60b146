package org.relaxon.model.weights;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.math.Kernels;

/**
 * Dense weights in single precision: half the memory, and products of twice as many numbers at a
 * time. Products round what the weights multiply, and give results in double precision.
 */
final class FloatWeights implements Weights {
    private static final String DOUBLES =
            "weights in single precision have no arrays of doubles; read them row by row";

    private final float[][] values;

    FloatWeights(int rows, int columns) {
        this(new float[rows][columns]);
    }

    private FloatWeights(float[][] values) {
        this.values = values;
    }

    @Override
    public Kernels.Precision precision() {
        return Kernels.Precision.FLOAT;
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
        throw new UnsupportedOperationException(DOUBLES);
    }

    @Override
    public boolean hasOwnFeedback() {
        return false;
    }

    @Override
    public int storedRows() {
        return values.length;
    }

    @Override
    public double[] scratch() {
        return new double[columns()];
    }

    @Override
    public double[] row(int i, double[] scratch) {
        float[] row = values[i];
        for (int j = 0; j < row.length; j++) {
            scratch[j] = row[j];
        }
        return scratch;
    }

    @Override
    public void store(int i, double[] numbers) {
        float[] row = values[i];
        for (int j = 0; j < row.length; j++) {
            row[j] = (float) numbers[j];
        }
    }

    @Override
    public void clear() {
        for (float[] row : values) {
            Arrays.fill(row, 0.0f);
        }
    }

    @Override
    public List<Weights> slices(int most) {
        return RowRanges.of(values.length, most)
                .<Weights>map(r -> new FloatWeights(Arrays.copyOfRange(values, r[0], r[1])))
                .toList();
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
    public void addOuter(Kernels kernels, double[] factor, double[] activity, int width) {
        kernels.outer(factor, activity, columns(), width, values);
    }

    @Override
    public long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive) {
        throw new UnsupportedOperationException("products of what changed are in double precision");
    }

    @Override
    public long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback) {
        return addChangedDrive(kernels, changed, by, begin, end, feedback);
    }

    @Override
    public Weights magnitudes() {
        return new DenseWeights(doubles()).magnitudes();
    }

    @Override
    public double squaredLength(int row) {
        double sum = 0.0;
        for (float w : values[row]) {
            sum += (double) w * w;
        }
        return sum;
    }

    @Override
    public void addRowSums(double[] sums) {
        for (int i = 0; i < values.length; i++) {
            for (float w : values[i]) {
                sums[i] += Math.abs(w);
            }
        }
    }

    @Override
    public void addBlockSums(int[] begins, double[][] sums) {
        new DenseWeights(doubles()).addBlockSums(begins, sums);
    }

    @Override
    public void multiplyBlocks(int[] begins, double[][] factors) {
        DenseWeights all = new DenseWeights(doubles());
        all.multiplyBlocks(begins, factors);
        load(all.values(), 0);
    }

    @Override
    public FloatWeights zeros() {
        return new FloatWeights(values.length, columns());
    }

    @Override
    public Weights over(double[][] whole, int first) {
        return new FloatSums(Arrays.copyOfRange(whole, first, first + values.length));
    }

    @Override
    public void save(double[][] whole, int first) {
        for (int i = 0; i < values.length; i++) {
            row(i, whole[first + i]);
        }
    }

    @Override
    public void load(double[][] whole, int first) {
        for (int i = 0; i < values.length; i++) {
            store(i, whole[first + i]);
        }
    }

    private double[][] doubles() {
        double[][] out = new double[values.length][columns()];
        save(out, 0);
        return out;
    }

    /** Rows in double precision to which outer products in single precision are added. */
    private static final class FloatSums extends DenseWeights {
        FloatSums(double[][] values) {
            super(values);
        }

        @Override
        public void addOuter(Kernels kernels, double[] factor, double[] activity, int width) {
            FloatWeights product = new FloatWeights(rows(), columns());
            product.addOuter(kernels, factor, activity, width);
            double[] numbers = new double[columns()];
            for (int i = 0; i < rows(); i++) {
                product.row(i, numbers);
                for (int j = 0; j < numbers.length; j++) {
                    values()[i][j] += numbers[j];
                }
            }
        }
    }
}
