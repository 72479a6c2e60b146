package org.relaxon.model.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link ScalarFloatLoops} in vectors of neighbouring results, one lane for one sum, so
 * that the bits are the same. Tiles and panels are those of {@link VectorLoops}, with twice as many
 * lanes; where at most one vector of results is left, a tile has a single one.
 */
final class VectorFloatLoops implements FloatLoops {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final int PANEL = 2 * LANES;
    private static final int ROWS = 4;
    private static final int DEPTH =
            512; // 64 KiB of a panel at 512 bits: stays in the second cache
    private static final int PANELS = 4; // at a time, so that columns of weights are gathered once
    private static final int GATHERED = 8; // columns of weights at a time: a line of the cache
    private static final float[] NOTHING = {};

    private float[] panel = NOTHING; // (PANELS, DEPTH, PANEL)
    private float[] edge; // (ROWS, PANEL): results of a tile that is not full
    private float[][] gathered; // (GATHERED, DEPTH): columns of weights
    private final float[][] factors = new float[ROWS][]; // of each row of the tile,
    private final int[] from = new int[ROWS]; // from this position on
    private final float[][] results = new float[ROWS][]; // of each row of the tile,
    private final int[] to = new int[ROWS]; // from this position on

    private void allocate() {
        if (panel.length == 0) {
            panel = new float[PANELS * DEPTH * PANEL];
            edge = new float[ROWS * PANEL];
            gathered = new float[GATHERED][DEPTH];
        }
    }

    @Override
    public void drive(float[][] w, int nPre, float[] x, int width, float[] y) {
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
    public void feedback(float[][] w, int nPre, float[] v, int width, float[] f) {
        allocate();
        Arrays.fill(f, 0, nPre * width, 0.0f);
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
    public void outer(float[] v, float[] x, int nPre, int width, float[][] g) {
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
    private void pack(float[] x, int begin, int depth, int width, int left) {
        for (int p = 0; p < PANELS && left + p * PANEL < width; p++) {
            int first = left + p * PANEL;
            int columns = Math.min(PANEL, width - first);
            for (int k = 0; k < depth; k++) {
                int at = (p * DEPTH + k) * PANEL;
                System.arraycopy(x, (begin + k) * width + first, panel, at, columns);
                Arrays.fill(panel, at + columns, at + PANEL, 0.0f);
            }
        }
    }

    /** Some rows of x, shape (n, width), as columns of a panel. */
    private void packTransposed(float[] x, int row, int rows, int width, int begin, int depth) {
        if (rows < PANEL) {
            Arrays.fill(panel, 0, depth * PANEL, 0.0f);
        }
        for (int r = 0; r < rows; r++) {
            int at = (row + r) * width + begin;
            for (int k = 0; k < depth; k++) {
                panel[k * PANEL + r] = x[at + k];
            }
        }
    }

    /** Columns of some rows of w, as rows. */
    private void gather(float[][] w, int begin, int depth, int first, int count) {
        if (count == GATHERED) {
            gatherAll(w, begin, depth, first);
            return;
        }
        for (int k = 0; k < depth; k++) {
            float[] row = w[begin + k];
            for (int r = 0; r < count; r++) {
                gathered[r][k] = row[first + r];
            }
        }
    }

    private void gatherAll(float[][] w, int begin, int depth, int first) {
        float[] g0 = gathered[0];
        float[] g1 = gathered[1];
        float[] g2 = gathered[2];
        float[] g3 = gathered[3];
        float[] g4 = gathered[4];
        float[] g5 = gathered[5];
        float[] g6 = gathered[6];
        float[] g7 = gathered[7];
        for (int k = 0; k < depth; k++) {
            float[] row = w[begin + k];
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

    private void row(int r, float[] factor, int at, float[] result, int begin) {
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
        if (rows == ROWS && columns == LANES) {
            narrow(depth, at);
            return;
        }
        Arrays.fill(edge, 0.0f);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(results[r], to[r], edge, r * PANEL, columns);
        }
        float[][] whole = results.clone();
        int[] begins = to.clone();
        for (int r = 0; r < ROWS; r++) {
            int same = Math.min(r, rows - 1); // rows beyond the last repeat it, and are dropped
            row(r, factors[same], from[same], edge, r * PANEL);
        }
        if (columns > LANES) {
            tile(depth, at);
        } else {
            narrow(depth, at);
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(edge, r * PANEL, whole[r], begins[r], columns);
            row(r, factors[r], from[r], whole[r], begins[r]);
        }
    }

    private void tile(int depth, int begin) {
        float[] p = panel;
        float[] w0 = factors[0];
        float[] w1 = factors[1];
        float[] w2 = factors[2];
        float[] w3 = factors[3];
        int f0 = from[0];
        int f1 = from[1];
        int f2 = from[2];
        int f3 = from[3];
        FloatVector a0 = FloatVector.fromArray(S, results[0], to[0]);
        FloatVector b0 = FloatVector.fromArray(S, results[0], to[0] + LANES);
        FloatVector a1 = FloatVector.fromArray(S, results[1], to[1]);
        FloatVector b1 = FloatVector.fromArray(S, results[1], to[1] + LANES);
        FloatVector a2 = FloatVector.fromArray(S, results[2], to[2]);
        FloatVector b2 = FloatVector.fromArray(S, results[2], to[2] + LANES);
        FloatVector a3 = FloatVector.fromArray(S, results[3], to[3]);
        FloatVector b3 = FloatVector.fromArray(S, results[3], to[3] + LANES);
        for (int k = 0, at = begin; k < depth; k++, at += PANEL) {
            FloatVector left = FloatVector.fromArray(S, p, at);
            FloatVector right = FloatVector.fromArray(S, p, at + LANES);
            FloatVector w = FloatVector.broadcast(S, w0[f0 + k]);
            a0 = w.fma(left, a0);
            b0 = w.fma(right, b0);
            w = FloatVector.broadcast(S, w1[f1 + k]);
            a1 = w.fma(left, a1);
            b1 = w.fma(right, b1);
            w = FloatVector.broadcast(S, w2[f2 + k]);
            a2 = w.fma(left, a2);
            b2 = w.fma(right, b2);
            w = FloatVector.broadcast(S, w3[f3 + k]);
            a3 = w.fma(left, a3);
            b3 = w.fma(right, b3);
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

    /** The same for a tile of one vector, of the left half of a panel. */
    private void narrow(int depth, int begin) {
        float[] p = panel;
        float[] w0 = factors[0];
        float[] w1 = factors[1];
        float[] w2 = factors[2];
        float[] w3 = factors[3];
        int f0 = from[0];
        int f1 = from[1];
        int f2 = from[2];
        int f3 = from[3];
        FloatVector a0 = FloatVector.fromArray(S, results[0], to[0]);
        FloatVector a1 = FloatVector.fromArray(S, results[1], to[1]);
        FloatVector a2 = FloatVector.fromArray(S, results[2], to[2]);
        FloatVector a3 = FloatVector.fromArray(S, results[3], to[3]);
        for (int k = 0, at = begin; k < depth; k++, at += PANEL) {
            FloatVector left = FloatVector.fromArray(S, p, at);
            a0 = FloatVector.broadcast(S, w0[f0 + k]).fma(left, a0);
            a1 = FloatVector.broadcast(S, w1[f1 + k]).fma(left, a1);
            a2 = FloatVector.broadcast(S, w2[f2 + k]).fma(left, a2);
            a3 = FloatVector.broadcast(S, w3[f3 + k]).fma(left, a3);
        }
        a0.intoArray(results[0], to[0]);
        a1.intoArray(results[1], to[1]);
        a2.intoArray(results[2], to[2]);
        a3.intoArray(results[3], to[3]);
    }
}
