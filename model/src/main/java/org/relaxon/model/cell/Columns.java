package org.relaxon.model.cell;

import java.util.List;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Population;

/** Sizes of one column of a flat matrix with B columns, without overflow or underflow. */
public final class Columns {
    private Columns() {}

    /**
     * {@return the largest magnitude in one column; NaN if any element is NaN}
     *
     * @param values flat matrix, row-major
     * @param columns number of columns B
     * @param column index of the column, from 0
     */
    public static double most(double[] values, int columns, int column) {
        double most = 0.0;
        for (int k = column; k < values.length; k += columns) {
            most = Math.max(most, Math.abs(values[k])); // propagates NaN
        }
        return most;
    }

    /**
     * {@return the largest magnitude; NaN if any element is NaN, 0 if there is none}
     *
     * @param values any numbers
     */
    static double most(double[] values) {
        return Kernels.largest(values, values.length);
    }

    /**
     * {@return the Euclidean length of one column; NaN if any element is NaN}
     *
     * @param values flat matrix, row-major
     * @param columns number of columns B
     * @param column index of the column, from 0
     */
    public static double length(double[] values, int columns, int column) {
        double most = most(values, columns, column);
        if (!(most > 0.0) || Double.isInfinite(most)) {
            return most;
        }
        double sum = 0.0;
        for (int k = column; k < values.length; k += columns) {
            double part = values[k] / most;
            sum += part * part;
        }
        return most * Math.sqrt(sum);
    }

    /**
     * {@return the Euclidean length of one column of a - b; NaN if any element is NaN}
     *
     * @param a flat matrix, row-major
     * @param b flat matrix of the same shape
     * @param columns number of columns B
     * @param column index of the column, from 0
     */
    public static double distance(double[] a, double[] b, int columns, int column) {
        double[] difference = new double[a.length / columns];
        for (int row = 0; row < difference.length; row++) {
            int k = row * columns + column;
            difference[row] = a[k] - b[k];
        }
        return length(difference, 1, 0);
    }

    /**
     * {@return the largest magnitude in every column; NaN where any element is NaN} Rows are
     * outside, as they lie in memory, and copied, as the compiler makes vectors of equal indices.
     *
     * @param values flat matrix, row-major
     * @param columns number of columns B
     */
    static double[] sizes(double[] values, int columns) {
        if (columns == 1) {
            return new double[] {most(values)};
        }
        double[] most = new double[columns];
        double[] row = new double[columns];
        for (int at = 0; at < values.length; at += columns) {
            System.arraycopy(values, at, row, 0, columns);
            for (int c = 0; c < columns; c++) {
                most[c] = Math.max(most[c], Math.abs(row[c])); // propagates NaN
            }
        }
        return most;
    }

    /**
     * {@return the largest magnitude of a - b in every column; NaN where any element is NaN}
     *
     * @param a flat matrix, row-major
     * @param b flat matrix of the same shape
     * @param begin index of the first element of the first row to compare
     * @param end index after the last
     * @param columns number of columns B
     */
    static double[] gaps(double[] a, double[] b, int begin, int end, int columns) {
        double[] most = new double[columns];
        double[] one = new double[columns];
        double[] other = new double[columns];
        for (int at = begin; at < end; at += columns) {
            System.arraycopy(a, at, one, 0, columns);
            System.arraycopy(b, at, other, 0, columns);
            for (int c = 0; c < columns; c++) {
                most[c] = Math.max(most[c], Math.abs(one[c] - other[c])); // propagates NaN
            }
        }
        return most;
    }

    /**
     * {@return the Euclidean length of every column, in the bits of {@link #length(double[], int,
     * int)}}
     *
     * @param values flat matrix, row-major
     * @param columns number of columns B
     */
    static double[] lengths(double[] values, int columns) {
        if (columns == 1) {
            return new double[] {length(values, 1, 0)};
        }
        double[] most = sizes(values, columns);
        double[] sum = new double[columns];
        double[] row = new double[columns];
        for (int at = 0; at < values.length; at += columns) {
            System.arraycopy(values, at, row, 0, columns);
            addSquares(row, most, sum);
        }
        return scaled(most, sum);
    }

    /**
     * {@return the Euclidean length of every column of a - b, in the bits of {@link #distance}}
     *
     * @param a flat matrix, row-major
     * @param b flat matrix of the same shape
     * @param columns number of columns B
     */
    static double[] distances(double[] a, double[] b, int columns) {
        if (columns == 1) {
            return new double[] {distance(a, b, 1, 0)};
        }
        double[] most = gaps(a, b, 0, a.length, columns);
        double[] sum = new double[columns];
        double[] row = new double[columns];
        double[] other = new double[columns];
        for (int at = 0; at < a.length; at += columns) {
            System.arraycopy(a, at, row, 0, columns);
            System.arraycopy(b, at, other, 0, columns);
            for (int c = 0; c < columns; c++) {
                row[c] -= other[c];
            }
            addSquares(row, most, sum);
        }
        return scaled(most, sum);
    }

    private static void addSquares(double[] row, double[] most, double[] sum) {
        for (int c = 0; c < row.length; c++) {
            row[c] /= most[c];
        }
        for (int c = 0; c < row.length; c++) {
            sum[c] += row[c] * row[c];
        }
    }

    private static double[] scaled(double[] most, double[] sum) {
        for (int c = 0; c < most.length; c++) {
            boolean scaled = most[c] > 0.0 && !Double.isInfinite(most[c]);
            most[c] = scaled ? most[c] * Math.sqrt(sum[c]) : most[c];
        }
        return most;
    }

    /**
     * {@return the cosine of the angle between two vectors; 0 where one vanishes}
     *
     * @param a one vector
     * @param b the other vector, of the same length
     */
    public static double cosine(double[] a, double[] b) {
        double mostA = most(a, 1, 0);
        double mostB = most(b, 1, 0);
        if (!(mostA > 0.0) || !(mostB > 0.0)) {
            return 0.0;
        }
        double sum = 0.0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] / mostA * (b[k] / mostB);
        }
        return sum / (length(a, 1, 0) / mostA * (length(b, 1, 0) / mostB));
    }

    /**
     * {@return the length of what several populations have in one column}
     *
     * @param some populations, at least one
     * @param lengths by population and column, not negative
     * @param column index of the column, from 0
     */
    public static double length(List<Population> some, double[][] lengths, int column) {
        double length = lengths[some.get(0).index()][column];
        for (Population more : some.subList(1, some.size())) {
            length = StrictMath.hypot(length, lengths[more.index()][column]);
        }
        return length;
    }

    /**
     * {@return the Frobenius length of a matrix; NaN if any element is NaN}
     *
     * @param rows of any lengths
     */
    public static double length(double[][] rows) {
        double length = 0.0;
        for (double[] row : rows) {
            length = StrictMath.hypot(length, length(row, 1, 0));
        }
        return length;
    }

    /**
     * {@return the absolute values}
     *
     * @param values of any sign
     */
    public static double[] magnitudes(double[] values) {
        double[] out = new double[values.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = Math.abs(values[k]);
        }
        return out;
    }

    /**
     * {@return a copy of one column of a flat matrix}
     *
     * @param values flat matrix, row-major
     * @param columns number of columns B
     * @param column index of the column, from 0
     */
    public static double[] of(double[] values, int columns, int column) {
        double[] out = new double[values.length / columns];
        for (int row = 0; row < out.length; row++) {
            out[row] = values[row * columns + column];
        }
        return out;
    }

    /**
     * Replaces numbers by others that differ: 0 and -0 do not.
     *
     * @return how many differed; NaN counts
     */
    static int replace(double[] old, int at, double[] by, int from, int length) {
        int changed = 0;
        for (int k = 0; k < length; k++) {
            double value = by[from + k];
            double before = old[at + k];
            boolean same = value == before;
            changed += same ? 0 : 1;
            old[at + k] = same ? before : value;
        }
        return changed;
    }

    /** Adds rows of the same lengths, number by number. */
    static void add(double[][] sum, double[][] more) {
        for (int i = 0; i < sum.length; i++) {
            for (int k = 0; k < sum[i].length; k++) {
                sum[i][k] += more[i][k];
            }
        }
    }
}
