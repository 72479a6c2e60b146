package org.relaxon.model.math;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The dense operations by which cells compute. Weights are {@code w[post][pre]}, one array per row,
 * shape (nPost, nPre); states are flat (n, width) row-major.
 *
 * <p>Sums over presynaptic neurons run left to right. An instance owns scratch memory and belongs
 * to one thread at a time; that of vectors, some 300 KB, belongs to the thread.
 */
public final class Kernels {
    /**
     * Precision of weights, and of products with them. States, errors and all else are in double
     * precision.
     */
    public enum Precision {
        /** 53 bits; products and sums are rounded one by one. */
        DOUBLE(0x1p-53),
        /**
         * 24 bits; what weights multiply is rounded as well, and every term is a fused product and
         * sum.
         */
        FLOAT(0x1p-24);

        private final double rounding;

        Precision(double rounding) {
            this.rounding = rounding;
        }

        /** {@return the largest relative rounding of one number, half a unit in the last place} */
        public double rounding() {
            return rounding;
        }

        /** {@return the name in options} */
        public String optionName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Name and accuracy of a kernel set. */
    public enum Kind {
        /** Same bits on every machine, compiler and run. */
        STRICT(Elementary.STRICT, Precision.DOUBLE),
        /** Processor intrinsics for transcendental functions. */
        FAST(Elementary.FAST, Precision.DOUBLE),
        /** As {@link #STRICT}, with weights and their products in single precision. */
        STRICT_FLOAT(Elementary.STRICT, Precision.FLOAT),
        /** As {@link #FAST}, with weights and their products in single precision. */
        FAST_FLOAT(Elementary.FAST, Precision.FLOAT);

        private final Elementary elementary;
        private final Precision precision;

        Kind(Elementary elementary, Precision precision) {
            this.elementary = elementary;
            this.precision = precision;
        }

        /** {@return the kinds of double precision, which options name} */
        public static List<Kind> named() {
            return List.of(STRICT, FAST);
        }

        /** {@return the precision of weights and of products with them} */
        public Precision precision() {
            return precision;
        }

        /**
         * {@return the set with the same functions in a precision}
         *
         * @param value of weights and of products with them
         */
        public Kind in(Precision value) {
            boolean floats = value == Precision.FLOAT;
            return elementary == Elementary.STRICT
                    ? floats ? STRICT_FLOAT : STRICT
                    : floats ? FAST_FLOAT : FAST;
        }

        /** {@return the name that options have for the functions, whatever the precision} */
        public String functions() {
            return elementary == Elementary.STRICT ? "strict" : "fast";
        }

        /** {@return the transcendental functions of the set} */
        public Elementary elementary() {
            return elementary;
        }
    }

    /** From this width on, products of zeros take longer than to see that they are zeros. */
    private static final int WIDE = 8;

    private static final long MAGNITUDE = Long.MAX_VALUE; // all bits but that of the sign

    private final Kind kind;
    private final ScalarLoops scalar = new ScalarLoops();
    private FloatProducts floats; // null until one is needed

    /**
     * Makes a set with scratch memory of its own.
     *
     * @param kind name and accuracy of the set
     * @throws IllegalArgumentException if the system property {@code relaxon.vector} is neither
     *     true nor false, or is true and the JVM has no vectors; the reason
     */
    public Kernels(Kind kind) {
        VectorModule.requireChoice();
        this.kind = kind;
    }

    /** {@return the name and accuracy of this set} */
    public Kind kind() {
        return kind;
    }

    /** {@return the transcendental functions of this set} */
    public Elementary elementary() {
        return kind.elementary;
    }

    /**
     * Adds W x to y.
     *
     * @param w weights, shape (nPost, nPre)
     * @param nPre number of columns of {@code w} that are used
     * @param x presynaptic activity, shape (nPre, width)
     * @param width columns of x and y
     * @param y result, shape (nPost, width); must not alias {@code x}
     */
    public void drive(double[][] w, int nPre, double[] x, int width, double[] y) {
        loops(w.length, nPre, width).drive(w, nPre, x, width, y);
    }

    /**
     * Writes f = W^T v.
     *
     * @param w weights, shape (nPost, nPre)
     * @param nPre number of columns of {@code w} that are used
     * @param v postsynaptic values, shape (nPost, width)
     * @param width columns of v and f
     * @param f result, shape (nPre, width); overwritten; must not alias {@code v}
     */
    public void feedback(double[][] w, int nPre, double[] v, int width, double[] f) {
        if (width >= WIDE && isZero(v, w.length * width) && isFinite(w, nPre)) {
            Arrays.fill(f, 0, nPre * width, 0.0); // the sum of zeros of either sign from 0 on
            return;
        }
        loops(w.length, nPre, width).feedback(w, nPre, v, width, f);
    }

    static boolean isZero(double[] v, int length) {
        for (int k = 0; k < length; k++) {
            if (v[k] != 0.0) { // NaN as well
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite(double[][] w, int nPre) {
        for (double[] row : w) {
            for (int j = 0; j < nPre; j++) {
                if (!Double.isFinite(row[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Adds v x^T, summed over columns, to g.
     *
     * @param v postsynaptic values, shape (nPost, width)
     * @param x presynaptic values, shape (nPre, width)
     * @param nPre number of presynaptic neurons
     * @param width number of columns
     * @param g result, shape (nPost, nPre)
     */
    public void outer(double[] v, double[] x, int nPre, int width, double[][] g) {
        loops(g.length, nPre, width).outer(v, x, nPre, width, g);
    }

    /**
     * Adds multiples of some rows to y.
     *
     * @param w rows, each with at least n numbers
     * @param which indices of the rows to add
     * @param by the multiple of each
     * @param begin position of the first of them in both arrays
     * @param end position after the last
     * @param n number of columns of {@code w} that are used
     * @param y result, length at least n
     */
    public void addMultiples(
            double[][] w, int[] which, double[] by, int begin, int end, int n, double[] y) {
        scalar.addMultiples(w, which, by, begin, end, n, y);
    }

    /**
     * Adds W x to y, summed in single precision from 0 on.
     *
     * @param w as in {@link #drive(double[][], int, double[], int, double[])}
     * @param nPre likewise
     * @param x likewise; rounded once
     * @param width likewise
     * @param y likewise
     */
    public void drive(float[][] w, int nPre, double[] x, int width, double[] y) {
        floats().drive(w, nPre, x, width, y);
    }

    /**
     * Writes f = W^T v, summed in single precision.
     *
     * @param w as in {@link #feedback(double[][], int, double[], int, double[])}
     * @param nPre likewise
     * @param v likewise; rounded once, in units of its largest value
     * @param width likewise
     * @param f likewise
     */
    public void feedback(float[][] w, int nPre, double[] v, int width, double[] f) {
        floats().feedback(w, nPre, v, width, f);
    }

    /**
     * Adds v x^T, summed over columns, to g in single precision.
     *
     * @param v as in {@link #outer(double[], double[], int, int, double[][])}; rounded once
     * @param x likewise
     * @param nPre likewise
     * @param width likewise
     * @param g likewise
     */
    public void outer(double[] v, double[] x, int nPre, int width, float[][] g) {
        floats().outer(v, x, nPre, width, g);
    }

    /**
     * {@return the largest magnitude; NaN if any is NaN, 0 if there is none} Compares bits, in four
     * sequences, as comparing numbers waits for each result.
     *
     * @param values any numbers
     * @param n how many of them, from the first
     */
    public static double largest(double[] values, int n) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        int k = 0;
        for (; k + 3 < n; k += 4) {
            a = Math.max(a, Double.doubleToRawLongBits(values[k]) & MAGNITUDE);
            b = Math.max(b, Double.doubleToRawLongBits(values[k + 1]) & MAGNITUDE);
            c = Math.max(c, Double.doubleToRawLongBits(values[k + 2]) & MAGNITUDE);
            d = Math.max(d, Double.doubleToRawLongBits(values[k + 3]) & MAGNITUDE);
        }
        for (; k < n; k++) {
            a = Math.max(a, Double.doubleToRawLongBits(values[k]) & MAGNITUDE);
        }
        return Double.longBitsToDouble(Math.max(Math.max(a, b), Math.max(c, d)));
    }

    private FloatProducts floats() {
        if (floats == null) {
            floats = new FloatProducts();
        }
        return floats;
    }

    /** Vectors for products of several columns that are worth it; the same bits. */
    private DenseLoops loops(int nPost, int nPre, int width) {
        boolean vectors = width > 1 && VectorModule.serves((long) nPost * nPre * width);
        return vectors ? VectorModule.loops() : scalar;
    }
}
