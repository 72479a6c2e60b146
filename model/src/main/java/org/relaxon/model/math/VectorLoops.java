package org.relaxon.model.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same sums in vectors of neighbouring results: one lane is one sum, so that the bits are those
 * of {@link ScalarLoops}. A tile of four rows and two vectors stays in registers while it passes
 * through a panel of the other factor, packed so that it is read in order. A panel has at most
 * {@link #DEPTH} rows; from one panel to the next a tile rests in the result, which rounds nothing.
 * Lanes beyond the last result are computed on zeros and dropped.
 *
 * <p>Needs the module {@code jdk.incubator.vector}: compiled apart from all else, and loaded by
 * name ({@link VectorModule}), which keeps one for each thread. Scratch memory has a fixed size,
 * allocated at the first product.
 */
final class VectorLoops implements DenseLoops {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final int PANEL = 2 * LANES;
    private static final int ROWS = 4;
    private static final int DEPTH =
            512; // 64 KiB of a panel at 512 bits: stays in the second cache
    private static final int PANELS = 4; // at a time, so that columns of weights are gathered once
    private static final int GATHERED = 8; // columns of weights at a time: a line of the cache
    private static final double[] NOTHING = {};

    private VectorNarrowLoops narrow; // null until it is needed
    private double[] panel = NOTHING; // (PANELS, DEPTH, PANEL)
    private double[] edge; // (ROWS, PANEL): results of a tile that is not full
    private double[][] gathered; // (GATHERED, DEPTH): columns of weights
    private final double[][] factors = new double[ROWS][]; // of each row of the tile,
    private final int[] from = new int[ROWS]; // from this position on
    private final double[][] results = new double[ROWS][]; // of each row of the tile,
    private final int[] to = new int[ROWS]; // from this position on

    private VectorNarrowLoops narrow() {
        if (narrow == null) {
            narrow = new VectorNarrowLoops();
        }
        return narrow;
    }

    private void allocate() {
        if (panel.length == 0) {
            panel = new double[PANELS * DEPTH * PANEL];
            edge = new double[ROWS * PANEL];
            gathered = new double[GATHERED][DEPTH];
        }
    }

    @Override
    public void drive(double[][] w, int nPre, double[] x, int width, double[] y) {
        if (width <= VectorNarrowLoops.LANES) {
            narrow().drive(w, nPre, x, width, y);
            return;
        }
        allocate();
        for (int left = 0; left < width; left += PANELS * PANEL) {
            for (int begin = 0; begin < nPre; begin += DEPTH) {
                int depth = Math.min(DEPTH, nPre - begin);
                pack(x, begin, depth, width, left);
                for (int i = 0; i < w.length; i += ROWS) {
                    int rows = Math.min(ROWS, w.length - i);
                    for (int r = 0; r < rows; r++) {
                        row(r, w[i + r], begin, y, (i + r) * width + left);
                    }
                    addAll(rows, width - left, depth);
                }
            }
        }
    }

    @Override
    public void feedback(double[][] w, int nPre, double[] v, int width, double[] f) {
        if (width <= VectorNarrowLoops.LANES) {
            narrow().feedback(w, nPre, v, width, f);
            return;
        }
        allocate();
        Arrays.fill(f, 0, nPre * width, 0.0);
        for (int left = 0; left < width; left += PANELS * PANEL) {
            for (int begin = 0; begin < w.length; begin += DEPTH) {
                int depth = Math.min(DEPTH, w.length - begin);
                pack(v, begin, depth, width, left);
                for (int j = 0; j < nPre; j += ROWS) {
                    int rows = Math.min(ROWS, nPre - j);
                    if (j % GATHERED == 0) {
                        gather(w, begin, depth, j, Math.min(GATHERED, nPre - j));
                    }
                    for (int r = 0; r < rows; r++) {
                        row(r, gathered[j % GATHERED + r], 0, f, (j + r) * width + left);
                    }
                    addAll(rows, width - left, depth);
                }
            }
        }
    }

    @Override
    public void outer(double[] v, double[] x, int nPre, int width, double[][] g) {
        allocate();
        for (int j = 0; j < nPre; j += PANEL) {
            int columns = Math.min(PANEL, nPre - j);
            for (int begin = 0; begin < width; begin += DEPTH) {
                int depth = Math.min(DEPTH, width - begin);
                packTransposed(x, j, columns, width, begin, depth);
                for (int i = 0; i < g.length; i += ROWS) {
                    int rows = Math.min(ROWS, g.length - i);
                    for (int r = 0; r < rows; r++) {
                        row(r, v, (i + r) * width + begin, g[i + r], j);
                    }
                    add(rows, columns, depth, 0);
                }
            }
        }
    }

    /** Some rows of x, shape (n, width), as panels of the columns from {@code left} on. */
    private void pack(double[] x, int begin, int depth, int width, int left) {
        for (int p = 0; p < PANELS && left + p * PANEL < width; p++) {
            int first = left + p * PANEL;
            int columns = Math.min(PANEL, width - first);
            for (int k = 0; k < depth; k++) {
                int at = (p * DEPTH + k) * PANEL;
                System.arraycopy(x, (begin + k) * width + first, panel, at, columns);
                Arrays.fill(panel, at + columns, at + PANEL, 0.0);
            }
        }
    }

    /** Some rows of x, shape (n, width), as columns of a panel. */
    private void packTransposed(double[] x, int row, int rows, int width, int begin, int depth) {
        if (rows < PANEL) {
            Arrays.fill(panel, 0, depth * PANEL, 0.0);
        }
        for (int r = 0; r < rows; r++) {
            int at = (row + r) * width + begin;
            for (int k = 0; k < depth; k++) {
                panel[k * PANEL + r] = x[at + k];
            }
        }
    }

    /** Columns of some rows of w, as rows. */
    private void gather(double[][] w, int begin, int depth, int first, int count) {
        if (count == GATHERED) {
            gatherAll(w, begin, depth, first);
            return;
        }
        for (int k = 0; k < depth; k++) {
            double[] row = w[begin + k];
            for (int r = 0; r < count; r++) {
                gathered[r][k] = row[first + r];
            }
        }
    }

    private void gatherAll(double[][] w, int begin, int depth, int first) {
        double[] g0 = gathered[0];
        double[] g1 = gathered[1];
        double[] g2 = gathered[2];
        double[] g3 = gathered[3];
        double[] g4 = gathered[4];
        double[] g5 = gathered[5];
        double[] g6 = gathered[6];
        double[] g7 = gathered[7];
        for (int k = 0; k < depth; k++) {
            double[] row = w[begin + k];
            g0[k] = row[first];
            g1[k] = row[first + 1];
            g2[k] = row[first + 2];
            g3[k] = row[first + 3];
            g4[k] = row[first + 4];
            g5[k] = row[first + 5];
            g6[k] = row[first + 6];
            g7[k] = row[first + 7];
        }
    }

    private void row(int r, double[] factor, int at, double[] result, int begin) {
        factors[r] = factor;
        from[r] = at;
        results[r] = result;
        to[r] = begin;
    }

    /** Adds the rows of factors times all panels to the rows of results. */
    private void addAll(int rows, int width, int depth) {
        for (int p = 0; p < PANELS && p * PANEL < width; p++) {
            add(rows, Math.min(PANEL, width - p * PANEL), depth, p * DEPTH * PANEL);
            for (int r = 0; r < rows; r++) {
                to[r] += PANEL;
            }
        }
    }

    /** Adds the rows of factors times the panel that begins at {@code at} to those of results. */
    private void add(int rows, int columns, int depth, int at) {
        if (rows == ROWS && columns == PANEL) {
            tile(depth, at);
            return;
        }
        Arrays.fill(edge, 0.0);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(results[r], to[r], edge, r * PANEL, columns);
        }
        double[][] whole = results.clone();
        int[] begins = to.clone();
        for (int r = 0; r < ROWS; r++) {
            int same = Math.min(r, rows - 1); // rows beyond the last repeat it, and are dropped
            row(r, factors[same], from[same], edge, r * PANEL);
        }
        tile(depth, at);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(edge, r * PANEL, whole[r], begins[r], columns);
            row(r, factors[r], from[r], whole[r], begins[r]);
        }
    }

    private void tile(int depth, int begin) {
        double[] p = panel;
        double[] w0 = factors[0];
        double[] w1 = factors[1];
        double[] w2 = factors[2];
        double[] w3 = factors[3];
        int f0 = from[0];
        int f1 = from[1];
        int f2 = from[2];
        int f3 = from[3];
        DoubleVector a0 = DoubleVector.fromArray(S, results[0], to[0]);
        DoubleVector b0 = DoubleVector.fromArray(S, results[0], to[0] + LANES);
        DoubleVector a1 = DoubleVector.fromArray(S, results[1], to[1]);
        DoubleVector b1 = DoubleVector.fromArray(S, results[1], to[1] + LANES);
        DoubleVector a2 = DoubleVector.fromArray(S, results[2], to[2]);
        DoubleVector b2 = DoubleVector.fromArray(S, results[2], to[2] + LANES);
        DoubleVector a3 = DoubleVector.fromArray(S, results[3], to[3]);
        DoubleVector b3 = DoubleVector.fromArray(S, results[3], to[3] + LANES);
        for (int k = 0, at = begin; k < depth; k++, at += PANEL) {
            DoubleVector left = DoubleVector.fromArray(S, p, at);
            DoubleVector right = DoubleVector.fromArray(S, p, at + LANES);
            DoubleVector w = DoubleVector.broadcast(S, w0[f0 + k]);
            a0 = a0.add(w.mul(left));
            b0 = b0.add(w.mul(right));
            w = DoubleVector.broadcast(S, w1[f1 + k]);
            a1 = a1.add(w.mul(left));
            b1 = b1.add(w.mul(right));
            w = DoubleVector.broadcast(S, w2[f2 + k]);
            a2 = a2.add(w.mul(left));
            b2 = b2.add(w.mul(right));
            w = DoubleVector.broadcast(S, w3[f3 + k]);
            a3 = a3.add(w.mul(left));
            b3 = b3.add(w.mul(right));
        }
        a0.intoArray(results[0], to[0]);
        b0.intoArray(results[0], to[0] + LANES);
        a1.intoArray(results[1], to[1]);
        b1.intoArray(results[1], to[1] + LANES);
        a2.intoArray(results[2], to[2]);
        b2.intoArray(results[2], to[2] + LANES);
        a3.intoArray(results[3], to[3]);
        b3.intoArray(results[3], to[3] + LANES);
    }
}
