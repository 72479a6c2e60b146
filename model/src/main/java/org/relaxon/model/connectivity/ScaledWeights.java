package org.relaxon.model.connectivity;

import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/**
 * Synapses of the strength s w: the stored numbers are w, those of every product s w. A gradient
 * with respect to w is s times the outer product.
 */
final class ScaledWeights implements Weights {
    private final Weights stored;
    private final double scale;

    /**
     * @param stored w
     * @param scale s
     */
    ScaledWeights(Weights stored, double scale) {
        this.stored = stored;
        this.scale = scale;
    }

    private ScaledWeights like(Weights other) {
        return new ScaledWeights(other, scale);
    }

    private double[] times(double[] values, int count) {
        double[] out = new double[values.length];
        for (int k = 0; k < count; k++) {
            out[k] = scale * values[k];
        }
        return out;
    }

    private void multiply(double[] values, int count) {
        for (int k = 0; k < count; k++) {
            values[k] *= scale;
        }
    }

    @Override
    public int rows() {
        return stored.rows();
    }

    @Override
    public int columns() {
        return stored.columns();
    }

    @Override
    public long synapses() {
        return stored.synapses();
    }

    @Override
    public int reached(int column) {
        return stored.reached(column);
    }

    @Override
    public double[][] values() {
        return stored.values();
    }

    @Override
    public void addDrive(Kernels kernels, double[] activity, int width, double[] drive) {
        stored.addDrive(kernels, times(activity, columns() * width), width, drive);
    }

    @Override
    public void feedback(Kernels kernels, double[] backward, int width, double[] feedback) {
        stored.feedback(kernels, times(backward, rows() * width), width, feedback);
    }

    @Override
    public long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive) {
        return stored.addChangedDrive(kernels, changed, times(by, end), begin, end, drive);
    }

    @Override
    public long addChangedFeedback(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] feedback) {
        return stored.addChangedFeedback(kernels, changed, times(by, end), begin, end, feedback);
    }

    @Override
    public Weights withColumns() {
        Weights quick = stored.withColumns();
        return quick == stored ? this : like(quick);
    }

    @Override
    public void numbersChanged() {
        stored.numbersChanged();
    }

    @Override
    public void addOuter(Kernels kernels, double[] factor, double[] activity, int width) {
        stored.addOuter(kernels, times(factor, rows() * width), activity, width);
    }

    @Override
    public Weights magnitudes() {
        Weights out = stored.magnitudes();
        for (double[] row : out.values()) {
            multiply(row, row.length);
        }
        return out;
    }

    @Override
    public double squaredLength(int row) {
        return scale * scale * stored.squaredLength(row);
    }

    @Override
    public void addRowSums(double[] sums) {
        double[] own = new double[sums.length];
        stored.addRowSums(own);
        add(own, sums);
    }

    @Override
    public void addBlockSums(int[] begins, double[][] sums) {
        double[][] own = new double[sums.length][begins.length - 1];
        stored.addBlockSums(begins, own);
        for (int i = 0; i < sums.length; i++) {
            add(own[i], sums[i]);
        }
    }

    private void add(double[] own, double[] sums) {
        for (int k = 0; k < own.length; k++) {
            sums[k] += scale * own[k];
        }
    }

    @Override
    public void multiplyBlocks(int[] begins, double[][] factors) {
        stored.multiplyBlocks(begins, factors);
    }

    @Override
    public Weights zeros() {
        return like(stored.zeros());
    }

    @Override
    public Weights over(double[][] whole, int first) {
        return like(stored.over(whole, first));
    }

    @Override
    public void save(double[][] whole, int first) {
        stored.save(whole, first);
    }

    @Override
    public void load(double[][] whole, int first) {
        stored.load(whole, first);
    }
}
