package org.relaxon.model.math;

/**
 * The loops of {@link DenseLoops} in single precision, of which every term is one fused
 * multiply-add: the product is not rounded, the sum is. The orders are the same. An implementation
 * owns scratch memory and belongs to one thread at a time.
 */
interface FloatLoops {
    /** Adds W x to y. */
    void drive(float[][] w, int nPre, float[] x, int width, float[] y);

    /** Writes f = W^T v. */
    void feedback(float[][] w, int nPre, float[] v, int width, float[] f);

    /** Adds v x^T, summed over columns, to g. */
    void outer(float[] v, float[] x, int nPre, int width, float[][] g);

    /** Writes n numbers times a factor, rounded once to single precision. */
    default void round(double[] from, int n, double factor, float[] to) {
        for (int k = 0; k < n; k++) {
            to[k] = (float) (from[k] * factor);
        }
    }

    /** Adds n numbers times a factor to numbers in double precision. */
    default void addTo(float[] from, int n, double factor, double[] to) {
        for (int k = 0; k < n; k++) {
            to[k] += from[k] * factor;
        }
    }
}
