package org.relaxon.model.math;

import java.util.Arrays;
import java.util.List;

/**
 * A dense block of numbers, shape (rows, columns), row-major: element (r, c) is {@code values()[r *
 * columns() + c]}. For states and signals a row is a neuron and a column is an example.
 *
 * <p>The array is shared, not copied: do not write to it once the matrix has been handed over.
 */
public final class Matrix {
    /** Number of values that are shown one by one. */
    private static final int SHOWN = 12;

    private final int rows;
    private final int columns;
    private final double[] values;

    private Matrix(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Wraps {@code values} without copying.
     *
     * @param rows number of rows, not negative
     * @param columns number of columns, not negative
     * @param values elements in row-major order, length rows x columns
     * @return a matrix that shares {@code values}
     * @throws IllegalArgumentException if the length is not rows x columns
     */
    public static Matrix of(int rows, int columns, double[] values) {
        if (rows < 0 || columns < 0 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "a %d x %d matrix needs %d values, got %d"
                            .formatted(rows, columns, (long) rows * columns, values.length));
        }
        return new Matrix(rows, columns, values);
    }

    /**
     * {@return a matrix of zeros, shape (rows, columns)}
     *
     * @param rows number of rows, not negative
     * @param columns number of columns, not negative
     */
    public static Matrix zeros(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "a matrix cannot be %d x %d".formatted(rows, columns));
        }
        return of(rows, columns, new double[Math.multiplyExact(rows, columns)]);
    }

    /**
     * {@return a matrix of one column, shape (values.length, 1)}
     *
     * @param values elements of the column; not copied
     */
    public static Matrix column(double... values) {
        return of(values.length, 1, values);
    }

    /** {@return the number of rows} */
    public int rows() {
        return rows;
    }

    /** {@return the number of columns} */
    public int columns() {
        return columns;
    }

    /** {@return the backing array, row-major, length rows x columns} */
    public double[] values() {
        return values;
    }

    /**
     * {@return the element at a row and a column}
     *
     * @param row the row, from 0
     * @param column the column, from 0
     */
    public double get(int row, int column) {
        return values[row * columns + column];
    }

    /**
     * {@return a copy of one column, length rows}
     *
     * @param column the column, from 0
     */
    public double[] columnValues(int column) {
        double[] out = new double[rows];
        for (int r = 0; r < rows; r++) {
            out[r] = get(r, column);
        }
        return out;
    }

    /**
     * {@return a matrix of some of the columns, in their order; this matrix itself if all are
     * selected}
     *
     * @param some ascending indices of columns, each once
     */
    public Matrix select(int... some) {
        if (some.length == columns) {
            return this;
        }
        Matrix out = zeros(rows, some.length);
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < some.length; c++) {
                out.values[i * some.length + c] = get(i, some[c]);
            }
        }
        return out;
    }

    /**
     * {@return {@code times} copies of this matrix side by side: shape (rows, times x columns);
     * this matrix itself if that is one}
     *
     * @param times number of copies, not negative
     */
    public Matrix tiled(int times) {
        if (times == 1) {
            return of(rows, columns, values.clone());
        }
        double[] out = new double[Math.multiplyExact(values.length, times)];
        for (int r = 0; r < rows; r++) {
            for (int t = 0; t < times; t++) {
                System.arraycopy(
                        values, r * columns, out, r * columns * times + t * columns, columns);
            }
        }
        return of(rows, columns * times, out);
    }

    /**
     * {@return the columns of several matrices side by side} Where a matrix holds several planes of
     * columns, each plane of the result holds that plane of all of them.
     *
     * @param parts matrices with equally many rows, at least one
     * @param planes planes of columns in each, at least 1
     */
    public static Matrix sideBySide(List<Matrix> parts, int planes) {
        int rows = parts.get(0).rows;
        Matrix out = zeros(rows, parts.stream().mapToInt(m -> m.columns).sum());
        int to = 0;
        for (int r = 0; r < rows; r++) {
            for (int plane = 0; plane < planes; plane++) {
                for (Matrix part : parts) {
                    int width = part.columns / planes;
                    int from = r * part.columns + plane * width;
                    System.arraycopy(part.values, from, out.values, to, width);
                    to += width;
                }
            }
        }
        return out;
    }

    /** {@return row and column of the first value that is not finite, or null if all are finite} */
    public int[] firstNonFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return new int[] {i / columns, i % columns};
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(values);
    }

    /** For display: the shape, and up to {@value #SHOWN} values or their range. */
    @Override
    public String toString() {
        String shape = "Matrix " + rows + " x " + columns;
        if (values.length == 0) {
            return shape;
        }
        if (values.length > SHOWN) {
            double low = Arrays.stream(values).reduce(Math::min).orElseThrow(); // propagate NaN
            double high = Arrays.stream(values).reduce(Math::max).orElseThrow();
            return "%s, values from %s to %s"
                    .formatted(shape, Numeral.text(low), Numeral.text(high));
        }
        StringBuilder out = new StringBuilder(shape).append(" [");
        for (int k = 0; k < values.length; k++) {
            out.append(k == 0 ? "" : k % columns == 0 ? "; " : " ").append(Numeral.text(values[k]));
        }
        return out.append(']').toString();
    }
}
