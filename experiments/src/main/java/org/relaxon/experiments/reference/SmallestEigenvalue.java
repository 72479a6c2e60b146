package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.CounterRandom;

/**
 * The sign of the smallest eigenvalue of a symmetric matrix: Cholesky factors where it is positive,
 * else the eigenvalue and its vector, all of them up to {@value #DENSE_MAX} rows and by Lanczos'
 * method with full reorthogonalisation beyond, started from the vector at which the factorisation
 * failed. Its result is the quotient v^T A v of the returned vector, which is not larger than that
 * of the first: a negative one is a proof. All work is announced to the {@link Effort}.
 */
final class SmallestEigenvalue {
    static final int DENSE_MAX = 200;
    private static final int LANCZOS_MAX = 300;

    /** Products of a symmetric eigenvalue problem, times n^3. */
    private static final long EIGEN_PRODUCTS = 9L;

    private final DMatrixRMaj matrix;
    private final int n;
    private double[] start; // of Lanczos' method; null if no factors failed

    SmallestEigenvalue(DMatrixRMaj matrix) {
        this.matrix = matrix;
        this.n = matrix.numRows;
    }

    /** Frobenius norm. */
    double norm() {
        return NormOps_DDRM.normF(matrix);
    }

    /** True if A - shift is positive definite; false for NaN. */
    boolean isAbove(double shift) {
        if (!(norm() + Math.abs(shift) < Double.POSITIVE_INFINITY)) {
            return false; // the factorisation does not notice NaN
        }
        double[] descent = EnvelopeCholesky.of(matrix, shift).descent();
        start = descent == null ? start : descent;
        return descent == null;
    }

    /**
     * A vector of length 1 along which A is smallest, shape (n); null if that cannot be computed.
     */
    double[] vector() {
        for (double value : matrix.data) {
            if (!Double.isFinite(value)) {
                return null;
            }
        }
        if (n <= DENSE_MAX) {
            Effort.spend(EIGEN_PRODUCTS * n * n * n);
        }
        return n <= DENSE_MAX ? least(matrix) : lanczos();
    }

    /** v^T A v. */
    double quotient(double[] v) {
        return dot(v, times(v));
    }

    private static double[] least(DMatrixRMaj a) {
        EigenDecomposition_F64<DMatrixRMaj> eigen =
                DecompositionFactory_DDRM.eig(a.numRows, true, true);
        if (!eigen.decompose(a.copy())) {
            return null;
        }
        int at = 0;
        for (int k = 1; k < a.numRows; k++) {
            boolean lower = eigen.getEigenvalue(k).getReal() < eigen.getEigenvalue(at).getReal();
            at = lower ? k : at;
        }
        return eigen.getEigenVector(at).data.clone();
    }

    private double[] lanczos() {
        int steps = Math.min(n, LANCZOS_MAX);
        double[][] basis = new double[steps][];
        DMatrixRMaj projected = new DMatrixRMaj(steps, steps);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = start == null ? CounterRandom.normal(0, 0, i) : start[i]; // generic
        }
        int taken = 0;
        while (taken < steps) {
            double length = Math.sqrt(dot(v, v));
            if (!(length > 1e-12)) {
                break; // the space is invariant
            }
            basis[taken] = scaled(v, 1.0 / length);
            double[] w = times(basis[taken]);
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k <= taken; k++) {
                    double along = dot(basis[k], w);
                    projected.add(k, taken, along);
                    add(-along, basis[k], w);
                }
            }
            v = w;
            taken++;
        }
        DMatrixRMaj small = new DMatrixRMaj(taken, taken);
        for (int r = 0; r < taken; r++) {
            for (int c = 0; c < taken; c++) {
                small.set(r, c, 0.5 * (upper(projected, r, c) + upper(projected, c, r)));
            }
        }
        double[] inside = least(small);
        double[] out = new double[n];
        for (int k = 0; inside != null && k < taken; k++) {
            add(inside[k], basis[k], out);
        }
        return inside == null ? null : out;
    }

    private static double upper(DMatrixRMaj a, int r, int c) {
        return r <= c ? a.get(r, c) : a.get(c, r);
    }

    private double[] times(double[] v) {
        Effort.spend((long) n * n);
        DMatrixRMaj out = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.mult(matrix, DMatrixRMaj.wrap(n, 1, v), out);
        return out.data;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = new double[v.length];
        add(factor, v, out);
        return out;
    }

    private static void add(double factor, double[] v, double[] into) {
        for (int i = 0; i < v.length; i++) {
            into[i] += factor * v[i];
        }
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0.0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
