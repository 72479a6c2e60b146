package org.relaxon.model.weights;

import org.relaxon.model.math.Kernels;

/** Dense weights with a transposed copy, which makes a column as quick to read as a row. */
final class ColumnWeights extends DenseWeights {
    private static final int TILE = 32; // rows or columns that are copied at a time

    private final double[][] values;

    /**
     * The transpose; null until it is needed, and again after a change. Threads that need it at the
     * same time write the same numbers.
     */
    private volatile double[][] byColumn;

    private double[][] outdated; // arrays of the last transpose

    ColumnWeights(double[][] values) {
        super(values);
        this.values = values;
    }

    @Override
    public Weights withColumns() {
        return this;
    }

    @Override
    public long addChangedDrive(
            Kernels kernels, int[] changed, double[] by, int begin, int end, double[] drive) {
        double[][] w = byColumn;
        if (w == null) {
            w = transposed();
            byColumn = w;
        }
        kernels.addMultiples(w, changed, by, begin, end, values.length, drive);
        return (long) (end - begin) * values.length;
    }

    @Override
    public void numbersChanged() {
        if (byColumn != null) {
            outdated = byColumn;
            byColumn = null;
        }
    }

    private double[][] transposed() {
        double[][] old = outdated;
        double[][] out = old == null ? new double[columns()][values.length] : old;
        for (int top = 0; top < values.length; top += TILE) {
            for (int left = 0; left < out.length; left += TILE) {
                transpose(out, top, left);
            }
        }
        return out;
    }

    private void transpose(double[][] out, int top, int left) {
        int bottom = Math.min(top + TILE, values.length);
        int right = Math.min(left + TILE, out.length);
        for (int i = top; i < bottom; i++) {
            double[] row = values[i];
            for (int j = left; j < right; j++) {
                out[j][i] = row[j];
            }
        }
    }
}
