package org.relaxon.model.math;

/**
 * The loops of {@link Kernels}, which states shapes and order. An implementation owns scratch
 * memory and belongs to one thread at a time.
 */
interface DenseLoops {
    /** Adds W x to y. */
    void drive(double[][] w, int nPre, double[] x, int width, double[] y);

    /** Writes f = W^T v. */
    void feedback(double[][] w, int nPre, double[] v, int width, double[] f);

    /** Adds v x^T, summed over columns, to g. */
    void outer(double[] v, double[] x, int nPre, int width, double[][] g);
}
