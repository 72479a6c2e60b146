package org.relaxon.model.cell;

import java.util.HashMap;
import java.util.Map;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/**
 * W x of a clamped population. In a batch that is nudged in several ways at once columns repeat,
 * and planes beyond the first are 0. Each distinct column is multiplied once, with the same bits as
 * if all were multiplied.
 */
final class ClampedDrive {
    /** From this many rows on, comparing columns costs little beside the product. */
    private static final int ROWS_MIN = 4;

    /** Between rows that are compared first: coprime to the widths of images. */
    private static final int ROWS_APART = 17;

    private static final long MIX = 31;

    private ClampedDrive() {}

    /**
     * {@return W x, shape (rows, width)}
     *
     * @param weights shape (rows, n)
     * @param kernels kind of arithmetic
     * @param activity x, shape (n, width)
     * @param width number of columns
     */
    static double[] of(Weights weights, Kernels kernels, double[] activity, int width) {
        int rows = weights.rows();
        double[] drive = new double[rows * width];
        int[] of = rows < ROWS_MIN || width == 1 ? null : firstEqual(activity, width);
        int distinct = of == null ? width : number(of);
        if (distinct == width) {
            weights.addDrive(kernels, activity, width, drive);
            return drive;
        }
        double[] few = new double[rows * distinct];
        weights.addDrive(kernels, packed(activity, width, of, distinct), distinct, few);
        int[] position = positions(of);
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < width; c++) {
                drive[i * width + c] = few[i * distinct + position[c]];
            }
        }
        return drive;
    }

    /**
     * {@return the activity of a clamped population in the planes of a rule} Its value occupies the
     * first plane; the others are 0.
     */
    static double[] firstPlane(double[] clamped, int neurons, int columns, int width) {
        if (columns == width) {
            return clamped;
        }
        double[] out = new double[neurons * width];
        for (int j = 0; j < neurons; j++) {
            System.arraycopy(clamped, j * columns, out, j * width, columns);
        }
        return out;
    }

    /**
     * For each column, a column before it that equals it bit by bit, or itself. Where columns
     * differ in a few rows, as those of one batch do, the others are not read.
     */
    private static int[] firstEqual(double[] x, int width) {
        int[] of = firstAlike(x, width, width * ROWS_APART);
        if (number(of) == width) {
            return of;
        }
        of = firstAlike(x, width, width);
        for (int row = 0; row < x.length; row += width) { // rows outside, as they lie in memory
            for (int c = 0; c < width; c++) {
                if (Double.doubleToRawLongBits(x[row + c])
                        != Double.doubleToRawLongBits(x[row + of[c]])) {
                    of[c] = c; // equal hashes by chance
                }
            }
        }
        return of;
    }

    /** For each column, the first column with an equal hash of some rows. */
    private static int[] firstAlike(double[] x, int width, int step) {
        long[] hash = new long[width];
        for (int row = 0; row < x.length; row += step) {
            for (int c = 0; c < width; c++) {
                hash[c] = hash[c] * MIX + Double.doubleToRawLongBits(x[row + c]);
            }
        }
        int[] of = new int[width];
        Map<Long, Integer> first = new HashMap<>();
        for (int c = 0; c < width; c++) {
            Integer before = first.putIfAbsent(hash[c], c);
            of[c] = before == null ? c : before;
        }
        return of;
    }

    private static int number(int[] of) {
        int distinct = 0;
        for (int c = 0; c < of.length; c++) {
            distinct += of[c] == c ? 1 : 0;
        }
        return distinct;
    }

    /** Position of each column among the distinct ones. */
    private static int[] positions(int[] of) {
        int[] out = new int[of.length];
        int next = 0;
        for (int c = 0; c < of.length; c++) {
            out[c] = of[c] == c ? next++ : out[of[c]];
        }
        return out;
    }

    private static double[] packed(double[] x, int width, int[] of, int distinct) {
        double[] out = new double[x.length / width * distinct];
        int to = 0;
        for (int row = 0; row < x.length; row += width) {
            for (int c = 0; c < width; c++) {
                if (of[c] == c) {
                    out[to++] = x[row + c];
                }
            }
        }
        return out;
    }
}
