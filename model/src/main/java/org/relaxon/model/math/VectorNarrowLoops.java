package org.relaxon.model.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of no more columns than a vector has lanes, such as those of a small part of a
 * minibatch. The tiles of {@link VectorLoops} would be half empty. Forward, a tile is eight rows of
 * one vector of columns; backward, it is two vectors of presynaptic neurons for each of four
 * columns, so that weights are read as they lie. Each sum has the order and the bits of {@link
 * ScalarLoops}.
 */
final class VectorNarrowLoops {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

    /** The largest number of columns. */
    static final int LANES = S.length();

    private static final int ROWS = 8;
    private static final int NEURONS = 2 * LANES;
    private static final int COLUMNS = 4;
    private static final int DEPTH = 512;

    private final double[] panel = new double[DEPTH * Math.max(LANES, COLUMNS)];
    private final double[] edge = new double[Math.max(ROWS * LANES, COLUMNS * NEURONS)];
    private final double[][] factors = new double[ROWS][];

    /** See {@link DenseLoops#drive}. */
    void drive(double[][] w, int nPre, double[] x, int width, double[] y) {
        for (int begin = 0; begin < nPre; begin += DEPTH) {
            int depth = Math.min(DEPTH, nPre - begin);
            pack(x, begin, depth, 0, width, width, LANES);
            for (int i = 0; i < w.length; i += ROWS) {
                int rows = Math.min(ROWS, w.length - i);
                for (int r = 0; r < ROWS; r++) {
                    factors[r] = w[i + Math.min(r, rows - 1)]; // repeated beyond, and dropped
                    if (r < rows) {
                        System.arraycopy(y, (i + r) * width, edge, r * LANES, width);
                    }
                }
                rows(begin, depth);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(edge, r * LANES, y, (i + r) * width, width);
                }
            }
        }
    }

    /** See {@link DenseLoops#feedback}. */
    void feedback(double[][] w, int nPre, double[] v, int width, double[] f) {
        Arrays.fill(f, 0, nPre * width, 0.0);
        int whole = nPre - nPre % NEURONS;
        for (int begin = 0; begin < w.length; begin += DEPTH) {
            int depth = Math.min(DEPTH, w.length - begin);
            for (int left = 0; left < width; left += COLUMNS) {
                int columns = Math.min(COLUMNS, width - left);
                pack(v, begin, depth, left, columns, width, COLUMNS);
                for (int j = 0; j < whole; j += NEURONS) {
                    neurons(w, begin, depth, j, f, left, columns, width);
                }
            }
            for (int j = whole; j < nPre; j++) {
                one(w, begin, depth, j, v, width, f);
            }
        }
    }

    /** Some rows and columns of x, each row in so many places. */
    private void pack(
            double[] x, int begin, int depth, int left, int columns, int width, int places) {
        for (int k = 0; k < depth; k++) {
            int at = k * places;
            System.arraycopy(x, (begin + k) * width + left, panel, at, columns);
            Arrays.fill(panel, at + columns, at + places, 0.0);
        }
    }

    private void rows(int begin, int depth) {
        double[] p = panel;
        double[] w0 = factors[0];
        double[] w1 = factors[1];
        double[] w2 = factors[2];
        double[] w3 = factors[3];
        double[] w4 = factors[4];
        double[] w5 = factors[5];
        double[] w6 = factors[6];
        double[] w7 = factors[7];
        DoubleVector a0 = DoubleVector.fromArray(S, edge, 0);
        DoubleVector a1 = DoubleVector.fromArray(S, edge, LANES);
        DoubleVector a2 = DoubleVector.fromArray(S, edge, 2 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(S, edge, 3 * LANES);
        DoubleVector a4 = DoubleVector.fromArray(S, edge, 4 * LANES);
        DoubleVector a5 = DoubleVector.fromArray(S, edge, 5 * LANES);
        DoubleVector a6 = DoubleVector.fromArray(S, edge, 6 * LANES);
        DoubleVector a7 = DoubleVector.fromArray(S, edge, 7 * LANES);
        for (int k = 0, j = begin; k < depth; k++, j++) {
            DoubleVector x = DoubleVector.fromArray(S, p, k * LANES);
            a0 = a0.add(DoubleVector.broadcast(S, w0[j]).mul(x));
            a1 = a1.add(DoubleVector.broadcast(S, w1[j]).mul(x));
            a2 = a2.add(DoubleVector.broadcast(S, w2[j]).mul(x));
            a3 = a3.add(DoubleVector.broadcast(S, w3[j]).mul(x));
            a4 = a4.add(DoubleVector.broadcast(S, w4[j]).mul(x));
            a5 = a5.add(DoubleVector.broadcast(S, w5[j]).mul(x));
            a6 = a6.add(DoubleVector.broadcast(S, w6[j]).mul(x));
            a7 = a7.add(DoubleVector.broadcast(S, w7[j]).mul(x));
        }
        a0.intoArray(edge, 0);
        a1.intoArray(edge, LANES);
        a2.intoArray(edge, 2 * LANES);
        a3.intoArray(edge, 3 * LANES);
        a4.intoArray(edge, 4 * LANES);
        a5.intoArray(edge, 5 * LANES);
        a6.intoArray(edge, 6 * LANES);
        a7.intoArray(edge, 7 * LANES);
    }

    private void neurons(
            double[][] w,
            int begin,
            int depth,
            int first,
            double[] f,
            int left,
            int columns,
            int width) {
        for (int c = 0; c < columns; c++) {
            for (int n = 0; n < NEURONS; n++) {
                edge[c * NEURONS + n] = f[(first + n) * width + left + c];
            }
        }
        tile(w, begin, depth, first);
        for (int c = 0; c < columns; c++) {
            for (int n = 0; n < NEURONS; n++) {
                f[(first + n) * width + left + c] = edge[c * NEURONS + n];
            }
        }
    }

    private void tile(double[][] w, int begin, int depth, int first) {
        double[] p = panel;
        DoubleVector a0 = DoubleVector.fromArray(S, edge, 0);
        DoubleVector b0 = DoubleVector.fromArray(S, edge, LANES);
        DoubleVector a1 = DoubleVector.fromArray(S, edge, 2 * LANES);
        DoubleVector b1 = DoubleVector.fromArray(S, edge, 3 * LANES);
        DoubleVector a2 = DoubleVector.fromArray(S, edge, 4 * LANES);
        DoubleVector b2 = DoubleVector.fromArray(S, edge, 5 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(S, edge, 6 * LANES);
        DoubleVector b3 = DoubleVector.fromArray(S, edge, 7 * LANES);
        for (int k = 0, at = 0; k < depth; k++, at += COLUMNS) {
            double[] row = w[begin + k];
            DoubleVector near = DoubleVector.fromArray(S, row, first);
            DoubleVector far = DoubleVector.fromArray(S, row, first + LANES);
            DoubleVector v = DoubleVector.broadcast(S, p[at]);
            a0 = a0.add(near.mul(v));
            b0 = b0.add(far.mul(v));
            v = DoubleVector.broadcast(S, p[at + 1]);
            a1 = a1.add(near.mul(v));
            b1 = b1.add(far.mul(v));
            v = DoubleVector.broadcast(S, p[at + 2]);
            a2 = a2.add(near.mul(v));
            b2 = b2.add(far.mul(v));
            v = DoubleVector.broadcast(S, p[at + 3]);
            a3 = a3.add(near.mul(v));
            b3 = b3.add(far.mul(v));
        }
        a0.intoArray(edge, 0);
        b0.intoArray(edge, LANES);
        a1.intoArray(edge, 2 * LANES);
        b1.intoArray(edge, 3 * LANES);
        a2.intoArray(edge, 4 * LANES);
        b2.intoArray(edge, 5 * LANES);
        a3.intoArray(edge, 6 * LANES);
        b3.intoArray(edge, 7 * LANES);
    }

    /** The sums of one presynaptic neuron. */
    private static void one(
            double[][] w, int begin, int depth, int j, double[] v, int width, double[] f) {
        for (int c = 0; c < width; c++) {
            double sum = f[j * width + c];
            for (int i = begin; i < begin + depth; i++) {
                sum += w[i][j] * v[i * width + c];
            }
            f[j * width + c] = sum;
        }
    }
}
