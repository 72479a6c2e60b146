package org.relaxon.model.math;

import java.util.Arrays;

/**
 * Loops over equal indices of plain row arrays, the form that the Java 17 compiler vectorises.
 * Scratch memory grows to the largest product.
 */
final class ScalarLoops implements DenseLoops {
    private static final double[][] NO_ROWS = {};
    private static final double[] NOTHING = {};

    private double[][] rows = NO_ROWS;
    private double[] sum = NOTHING;

    @Override
    public void drive(double[][] w, int nPre, double[] x, int width, double[] y) {
        if (width == 1) {
            driveOne(w, nPre, x, y);
            return;
        }
        boolean reuse = w.length >= 4; // copying x into rows pays from four uses on
        double[][] xs = reuse ? asRows(x, nPre, width) : rows(1, width);
        double[] s = sum(width);
        for (int i = 0; i < w.length; i++) {
            System.arraycopy(y, i * width, s, 0, width);
            if (reuse) {
                accumulate(w[i], nPre, xs, width, s);
            } else {
                for (int j = 0; j < nPre; j++) {
                    System.arraycopy(x, j * width, xs[0], 0, width);
                    axpy(w[i][j], xs[0], width, s);
                }
            }
            System.arraycopy(s, 0, y, i * width, width);
        }
    }

    @Override
    public void feedback(double[][] w, int nPre, double[] v, int width, double[] f) {
        if (width == 1) {
            feedbackOne(w, nPre, v, f);
            return;
        }
        double[][] vs = asRows(v, w.length, width);
        double[] s = sum(width);
        for (int j = 0; j < nPre; j++) {
            Arrays.fill(s, 0, width, 0.0);
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
                        width,
                        s);
            }
            for (; i < w.length; i++) {
                axpy(w[i][j], vs[i], width, s);
            }
            System.arraycopy(s, 0, f, j * width, width);
        }
    }

    @Override
    public void outer(double[] v, double[] x, int nPre, int width, double[][] g) {
        if (width == 1) {
            for (int i = 0; i < g.length; i++) {
                axpy(v[i], x, nPre, g[i]);
            }
            return;
        }
        double[][] xt = transposed(x, nPre, width);
        for (int i = 0; i < g.length; i++) {
            int base = i * width;
            int c = 0;
            for (; c + 3 < width; c += 4) {
                axpy4(
                        v[base + c],
                        xt[c],
                        v[base + c + 1],
                        xt[c + 1],
                        v[base + c + 2],
                        xt[c + 2],
                        v[base + c + 3],
                        xt[c + 3],
                        nPre,
                        g[i]);
            }
            for (; c < width; c++) {
                axpy(v[base + c], xt[c], nPre, g[i]);
            }
        }
    }

    /** Adds multiples of some rows to y. */
    void addMultiples(
            double[][] w, int[] which, double[] by, int begin, int end, int n, double[] y) {
        int k = begin;
        for (; k + 3 < end; k += 4) {
            axpy4(
                    by[k],
                    w[which[k]],
                    by[k + 1],
                    w[which[k + 1]],
                    by[k + 2],
                    w[which[k + 2]],
                    by[k + 3],
                    w[which[k + 3]],
                    n,
                    y);
        }
        for (; k < end; k++) {
            axpy(by[k], w[which[k]], n, y);
        }
    }

    private static void driveOne(double[][] w, int nPre, double[] x, double[] y) {
        int i = 0;
        for (; i + 3 < w.length; i += 4) { // four rows at once hide the latency of each ordered sum
            double[] w0 = w[i];
            double[] w1 = w[i + 1];
            double[] w2 = w[i + 2];
            double[] w3 = w[i + 3];
            double s0 = y[i];
            double s1 = y[i + 1];
            double s2 = y[i + 2];
            double s3 = y[i + 3];
            for (int j = 0; j < nPre; j++) {
                double xj = x[j];
                s0 += w0[j] * xj;
                s1 += w1[j] * xj;
                s2 += w2[j] * xj;
                s3 += w3[j] * xj;
            }
            y[i] = s0;
            y[i + 1] = s1;
            y[i + 2] = s2;
            y[i + 3] = s3;
        }
        for (; i < w.length; i++) {
            double[] row = w[i];
            double s = y[i];
            for (int j = 0; j < nPre; j++) {
                s += row[j] * x[j];
            }
            y[i] = s;
        }
    }

    private static void feedbackOne(double[][] w, int nPre, double[] v, double[] f) {
        Arrays.fill(f, 0, nPre, 0.0);
        int i = 0;
        for (; i + 3 < w.length; i += 4) {
            axpy4(v[i], w[i], v[i + 1], w[i + 1], v[i + 2], w[i + 2], v[i + 3], w[i + 3], nPre, f);
        }
        for (; i < w.length; i++) {
            axpy(v[i], w[i], nPre, f);
        }
    }

    private static void accumulate(double[] w, int nPre, double[][] xs, int width, double[] s) {
        int j = 0;
        for (; j + 3 < nPre; j += 4) {
            axpy4(
                    w[j], xs[j], w[j + 1], xs[j + 1], w[j + 2], xs[j + 2], w[j + 3], xs[j + 3],
                    width, s);
        }
        for (; j < nPre; j++) {
            axpy(w[j], xs[j], width, s);
        }
    }

    private static void axpy(double a, double[] x, int n, double[] y) {
        for (int k = 0; k < n; k++) {
            y[k] += a * x[k];
        }
    }

    private static void axpy4(
            double a,
            double[] p,
            double b,
            double[] q,
            double c,
            double[] r,
            double d,
            double[] t,
            int n,
            double[] y) {
        for (int k = 0; k < n; k++) {
            y[k] = y[k] + a * p[k] + b * q[k] + c * r[k] + d * t[k]; // left to right
        }
    }

    private double[][] asRows(double[] flat, int n, int width) {
        double[][] out = rows(n, width);
        for (int r = 0; r < n; r++) {
            System.arraycopy(flat, r * width, out[r], 0, width);
        }
        return out;
    }

    private double[][] transposed(double[] flat, int n, int width) {
        double[][] out = rows(width, n);
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < width; c++) {
                out[c][r] = flat[r * width + c];
            }
        }
        return out;
    }

    private double[][] rows(int n, int width) {
        if (rows.length < n) {
            double[][] grown = Arrays.copyOf(rows, n);
            for (int r = rows.length; r < n; r++) {
                grown[r] = new double[width];
            }
            rows = grown;
        }
        for (int r = 0; r < n; r++) {
            if (rows[r].length < width) {
                rows[r] = new double[width];
            }
        }
        return rows;
    }

    private double[] sum(int width) {
        if (sum.length < width) {
            sum = new double[width];
        }
        return sum;
    }
}
