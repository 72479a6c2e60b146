package org.relaxon.model.cell;

import java.util.List;
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

    /** Adds rows of the same lengths, number by number. */
    static void add(double[][] sum, double[][] more) {
        for (int i = 0; i < sum.length; i++) {
            for (int k = 0; k < sum[i].length; k++) {
                sum[i][k] += more[i][k];
            }
        }
    }
}
