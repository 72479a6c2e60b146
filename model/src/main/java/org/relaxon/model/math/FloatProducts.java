package org.relaxon.model.math;

import java.util.Arrays;

/**
 * Products of weights in single precision with states in double precision, which are rounded once
 * per product. What a weight multiplies is rounded in units of a power of two that its largest
 * value reaches, so that errors of any nudging strength keep all their bits. Scratch memory grows
 * to the largest product and belongs to one thread at a time.
 */
final class FloatProducts {
    private static final float[] NOTHING = {};

    private final ScalarFloatLoops scalar = new ScalarFloatLoops();
    private float[] factor = NOTHING;
    private float[] other = NOTHING;
    private float[] result = NOTHING;

    /** Adds W x to y. */
    void drive(float[][] w, int nPre, double[] x, int width, double[] y) {
        FloatLoops loops = loops(w.length, nPre, width);
        int n = nPre * width;
        double unit = unit(x, n);
        factor = sized(factor, n);
        loops.round(x, n, 1.0 / unit, factor);
        result = sized(result, w.length * width);
        Arrays.fill(result, 0, w.length * width, 0.0f);
        loops.drive(w, nPre, factor, width, result);
        loops.addTo(result, w.length * width, unit, y);
    }

    /** Writes f = W^T v. */
    void feedback(float[][] w, int nPre, double[] v, int width, double[] f) {
        Arrays.fill(f, 0, nPre * width, 0.0);
        int n = w.length * width;
        if (Kernels.isZero(v, n) && isFinite(w, nPre)) {
            return;
        }
        FloatLoops loops = loops(w.length, nPre, width);
        double unit = unit(v, n);
        factor = sized(factor, n);
        loops.round(v, n, 1.0 / unit, factor);
        result = sized(result, nPre * width);
        loops.feedback(w, nPre, factor, width, result);
        loops.addTo(result, nPre * width, unit, f);
    }

    /** Adds v x^T, summed over columns, to g. */
    void outer(double[] v, double[] x, int nPre, int width, float[][] g) {
        FloatLoops loops = loops(g.length, nPre, width);
        factor = sized(factor, g.length * width);
        loops.round(v, g.length * width, 1.0, factor);
        other = sized(other, nPre * width);
        loops.round(x, nPre * width, 1.0, other);
        loops.outer(factor, other, nPre, width, g);
    }

    private static boolean isFinite(float[][] w, int nPre) {
        for (float[] row : w) {
            for (int j = 0; j < nPre; j++) {
                if (!Float.isFinite(row[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The power of two that the largest magnitude reaches; 1 if there is none, or it is not finite.
     * Between the least and the largest power whose inverse is a number too.
     */
    private static double unit(double[] values, int n) {
        double most = Kernels.largest(values, n);
        if (most == 0.0 || !(most <= Double.MAX_VALUE)) {
            return 1.0;
        }
        int exponent = Math.getExponent(most);
        return Math.scalb(
                1.0, Math.max(Double.MIN_EXPONENT, Math.min(exponent, -Double.MIN_EXPONENT)));
    }

    private static float[] sized(float[] array, int n) {
        return array.length < n ? new float[n] : array;
    }

    /** Vectors for products of several columns that are worth it; the same bits. */
    private FloatLoops loops(int nPost, int nPre, int width) {
        boolean vectors = width > 1 && VectorModule.serves((long) nPost * nPre * width);
        return vectors ? VectorModule.floatLoops() : scalar;
    }
}
