package org.relaxon.model.math;

import java.util.Arrays;

/** As {@link ScalarLoops}, in single precision. */
final class ScalarFloatLoops implements FloatLoops {
    private static final float[][] NO_ROWS = {};
    private static final float[] NOTHING = {};

    private float[][] rows = NO_ROWS;
    private float[] sum = NOTHING;

    @Override
    public void drive(float[][] w, int nPre, float[] x, int width, float[] y) {
        if (width == 1) {
            driveOne(w, nPre, x, y);
            return;
        }
        float[][] xs = asRows(x, nPre, width);
        float[] s = sum(width);
        for (int i = 0; i < w.length; i++) {
            System.arraycopy(y, i * width, s, 0, width);
            float[] wi = w[i];
            int j = 0;
            for (; j + 3 < nPre; j += 4) {
                float[] p = xs[j];
                axpy4(
                        wi[j], p, wi[j + 1], xs[j + 1], wi[j + 2], xs[j + 2], wi[j + 3], xs[j + 3],
                        s, width);
            }
            for (; j < nPre; j++) {
                axpy(wi[j], xs[j], width, s);
            }
            System.arraycopy(s, 0, y, i * width, width);
        }
    }

    @Override
    public void feedback(float[][] w, int nPre, float[] v, int width, float[] f) {
        if (width == 1) {
            feedbackOne(w, nPre, v, f);
            return;
        }
        float[][] vs = asRows(v, w.length, width);
        float[] s = sum(width);
        for (int j = 0; j < nPre; j++) {
            Arrays.fill(s, 0, width, 0.0f);
            int i = 0;
            for (; i + 3 < w.length; i += 4) {
                axpy4(
                        w[i][j],
                        vs[i],
                        w[i + 1][j],
                        vs[i + 1],
                        w[i + 2][j],
                        vs[i + 2],
                        w[i + 3][j],
                        vs[i + 3],
                        s,
                        width);
            }
            for (; i < w.length; i++) {
                axpy(w[i][j], vs[i], width, s);
            }
            System.arraycopy(s, 0, f, j * width, width);
        }
    }

    @Override
    public void outer(float[] v, float[] x, int nPre, int width, float[][] g) {
        if (width == 1) {
            for (int i = 0; i < g.length; i++) {
                axpy(v[i], x, nPre, g[i]);
            }
            return;
        }
        float[][] xt = transposed(x, nPre, width);
        for (int i = 0; i < g.length; i++) {
            int at = i * width;
            int c = 0;
            for (; c + 3 < width; c += 4) {
                axpy4(
                        v[at + c],
                        xt[c],
                        v[at + c + 1],
                        xt[c + 1],
                        v[at + c + 2],
                        xt[c + 2],
                        v[at + c + 3],
                        xt[c + 3],
                        g[i],
                        nPre);
            }
            for (; c < width; c++) {
                axpy(v[at + c], xt[c], nPre, g[i]);
            }
        }
    }

    private static void driveOne(float[][] w, int nPre, float[] x, float[] y) {
        int i = 0;
        for (; i + 3 < w.length; i += 4) { // four rows at once hide the latency of each ordered sum
            float[] w0 = w[i];
            float[] w1 = w[i + 1];
            float[] w2 = w[i + 2];
            float[] w3 = w[i + 3];
            float s0 = y[i];
            float s1 = y[i + 1];
            float s2 = y[i + 2];
            float s3 = y[i + 3];
            for (int j = 0; j < nPre; j++) {
                float xj = x[j];
                s0 = Math.fma(w0[j], xj, s0);
                s1 = Math.fma(w1[j], xj, s1);
                s2 = Math.fma(w2[j], xj, s2);
                s3 = Math.fma(w3[j], xj, s3);
            }
            y[i] = s0;
            y[i + 1] = s1;
            y[i + 2] = s2;
            y[i + 3] = s3;
        }
        for (; i < w.length; i++) {
            float[] row = w[i];
            float s = y[i];
            for (int j = 0; j < nPre; j++) {
                s = Math.fma(row[j], x[j], s);
            }
            y[i] = s;
        }
    }

    private static void feedbackOne(float[][] w, int nPre, float[] v, float[] f) {
        Arrays.fill(f, 0, nPre, 0.0f);
        int i = 0;
        for (; i + 3 < w.length; i += 4) {
            axpy4(v[i], w[i], v[i + 1], w[i + 1], v[i + 2], w[i + 2], v[i + 3], w[i + 3], f, nPre);
        }
        for (; i < w.length; i++) {
            axpy(v[i], w[i], nPre, f);
        }
    }

    private static void axpy(float a, float[] x, int n, float[] y) {
        for (int k = 0; k < n; k++) {
            y[k] = Math.fma(a, x[k], y[k]);
        }
    }

    private static void axpy4(
            float a,
            float[] p,
            float b,
            float[] q,
            float c,
            float[] r,
            float d,
            float[] t,
            float[] y,
            int n) {
        for (int k = 0; k < n; k++) {
            float s = Math.fma(b, q[k], Math.fma(a, p[k], y[k]));
            y[k] = Math.fma(d, t[k], Math.fma(c, r[k], s)); // left to right
        }
    }

    private float[][] asRows(float[] flat, int n, int width) {
        float[][] out = rows(n, width);
        for (int r = 0; r < n; r++) {
            System.arraycopy(flat, r * width, out[r], 0, width);
        }
        return out;
    }

    private float[][] transposed(float[] flat, int n, int width) {
        float[][] out = rows(width, n);
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < width; c++) {
                out[c][r] = flat[r * width + c];
            }
        }
        return out;
    }

    private float[][] rows(int n, int width) {
        if (rows.length < n) {
            rows = Arrays.copyOf(rows, n);
        }
        for (int r = 0; r < n; r++) {
            if (rows[r] == null || rows[r].length < width) {
                rows[r] = new float[width];
            }
        }
        return rows;
    }

    private float[] sum(int width) {
        if (sum.length < width) {
            sum = new float[width];
        }
        return sum;
    }
}
