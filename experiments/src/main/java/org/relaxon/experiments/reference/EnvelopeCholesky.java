package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;

/**
 * Cholesky factors of a symmetric matrix minus a multiple of 1, row by row from the first entry of
 * each row that is not zero (George and Liu 1981): in a layered network only neighbouring layers
 * are touched. Each row is announced to the {@link Effort}, so that a budget and a stop end it. If
 * the matrix is not positive definite, a vector proves it.
 */
final class EnvelopeCholesky {
    private final double[][] factor; // row i from column first[i] to i
    private final int[] first;
    private double[] descent;

    private EnvelopeCholesky(int n) {
        factor = new double[n][];
        first = new int[n];
    }

    /** Factors {@code a - shift}, which holds finite numbers. */
    static EnvelopeCholesky of(DMatrixRMaj a, double shift) {
        EnvelopeCholesky out = new EnvelopeCholesky(a.numRows);
        for (int i = 0; i < a.numRows && out.descent == null; i++) {
            out.addRow(a, i, shift);
        }
        return out;
    }

    /**
     * A vector v with v^T (A - shift) v &lt;= 0 up to rounding, shape (n), not scaled; null if the
     * matrix is positive definite.
     */
    double[] descent() {
        return descent;
    }

    private void addRow(DMatrixRMaj a, int i, double shift) {
        int from = 0;
        while (from < i && a.get(i, from) == 0.0) {
            from++;
        }
        first[i] = from;
        double[] row = new double[i - from + 1];
        Effort.spend((long) row.length * row.length);
        double pivot = a.get(i, i) - shift;
        for (int j = from; j < i; j++) {
            double value = (a.get(i, j) - dot(row, from, j)) / factor[j][j - first[j]];
            row[j - from] = value;
            pivot -= value * value;
        }
        factor[i] = row;
        if (pivot > 0.0) {
            row[i - from] = Math.sqrt(pivot);
        } else {
            descent = solved(i, a.numRows);
        }
    }

    /**
     * Product of the known part of a row that begins at {@code from} with the factor's row j, up to
     * j.
     */
    private double dot(double[] row, int from, int j) {
        double sum = 0.0;
        double[] other = factor[j];
        int shift = first[j];
        for (int k = Math.max(from, shift); k < j; k++) {
            sum += row[k - from] * other[k - shift];
        }
        return sum;
    }

    /** (-L^-T l, 1, 0, ...), along which the quadratic form is the pivot of row i. */
    private double[] solved(int i, int n) {
        double[] v = new double[n];
        v[i] = 1.0;
        for (int r = i; r >= 0; r--) {
            if (r < i) {
                v[r] /= factor[r][r - first[r]];
            }
            int last = factor[r].length - 1;
            for (int k = 0; k < last; k++) {
                v[first[r] + k] -= factor[r][k] * v[r];
            }
        }
        return v;
    }
}
