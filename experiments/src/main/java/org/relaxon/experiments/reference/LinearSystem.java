package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.experiments.effort.Effort;

/** A dense square system A x = b, solved by LU with partial pivoting and one step of refinement. */
final class LinearSystem {
    /** Relative residual of a solution; a regular A leaves a few ulp. */
    private static final double TOLERANCE = 1e-9;

    private final DMatrixRMaj a;
    private final int n;

    LinearSystem(DMatrixRMaj a) {
        this.a = a;
        this.n = a.numRows;
    }

    /**
     * x, shape (n).
     *
     * @throws IllegalStateException if A is singular to working precision
     */
    double[] solve(double[] b) {
        if (n == 0) {
            return new double[0];
        }
        Effort.spend((long) n * n * n / 3);
        LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(n);
        if (!lu.setA(a.copy())) {
            throw singular();
        }
        double[] x = solve(lu, b);
        double[] correction = solve(lu, residual(b, x));
        for (int i = 0; i < n; i++) {
            x[i] += correction[i];
        }
        double scale = largest(b) + largest(x);
        if (!(largest(residual(b, x)) <= TOLERANCE * scale)) { // NaN is singular too
            throw singular();
        }
        return x;
    }

    private double[] solve(LinearSolverDense<DMatrixRMaj> lu, double[] b) {
        DMatrixRMaj x = new DMatrixRMaj(n, 1);
        lu.solve(DMatrixRMaj.wrap(n, 1, b.clone()), x);
        return x.data;
    }

    private double[] residual(double[] b, double[] x) {
        double[] r = b.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                r[i] -= a.unsafe_get(i, j) * x[j];
            }
        }
        return r;
    }

    /** The largest magnitude; NaN if any is. */
    private static double largest(double[] v) {
        double top = 0.0;
        for (double value : v) {
            top = Math.max(top, Math.abs(value));
        }
        return top;
    }

    private IllegalStateException singular() {
        return new IllegalStateException(
                "linear system of %d unknowns is singular to working precision".formatted(n));
    }
}
