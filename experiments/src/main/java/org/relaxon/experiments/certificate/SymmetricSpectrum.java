package org.relaxon.experiments.certificate;

import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.math.CounterRandom;

/**
 * The two ends of the spectrum of a symmetric matrix known by its products.
 *
 * @param smallest eigenvalue; NaN if a product is not finite or there are no rows
 * @param largest eigenvalue; likewise
 * @param exact false if the matrix was too large for all eigenvalues: then both ends come from
 *     power iteration, each moved outwards by the norm of its residual
 */
record SymmetricSpectrum(double smallest, double largest, boolean exact) {
    /** Up to this size the matrix is formed and all eigenvalues are computed. */
    static final int DENSE_MAX = 1500;

    private static final int ITERATIONS_MAX = 1000;

    /** Products per n^3 of a symmetric eigenvalue problem without vectors. */
    private static final long EIGEN = 2;

    /** The ends of the spectrum of the matrix with these products, shape (n, n). */
    static SymmetricSpectrum of(UnaryOperator<double[]> product, int n) {
        if (n == 0) {
            return new SymmetricSpectrum(Double.NaN, Double.NaN, true);
        }
        return n <= DENSE_MAX ? dense(product, n) : iterated(product, n);
    }

    static SymmetricSpectrum dense(UnaryOperator<double[]> product, int n) {
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        boolean finite = true;
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1.0;
            double[] column = product.apply(unit);
            for (int i = 0; i < n; i++) {
                matrix.set(i, j, column[i]);
                finite &= Double.isFinite(column[i]);
            }
        }
        Effort.spend(EIGEN * n * n * n);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        if (!finite || !eigen.decompose(matrix)) {
            return new SymmetricSpectrum(Double.NaN, Double.NaN, true);
        }
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double value = eigen.getEigenvalue(i).getReal();
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        return new SymmetricSpectrum(smallest, largest, true);
    }

    /** Power iteration on A + c and c - A, with c a bound of |A| from the first pass. */
    static SymmetricSpectrum iterated(UnaryOperator<double[]> product, int n) {
        double[] first = end(product, n, 0.0);
        double radius = Math.abs(first[0]) + first[1]; // at least |A v|, also if -rho is there too
        double[] top = end(product, n, radius);
        double[] bottom = end(v -> negated(product.apply(v)), n, radius);
        return new SymmetricSpectrum(-(bottom[0] + bottom[1]), top[0] + top[1], false);
    }

    /** Rayleigh quotient of A and norm of the residual after iterating A + shift. */
    private static double[] end(UnaryOperator<double[]> product, int n, double shift) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = CounterRandom.normal(0, 0, i); // any generic vector
        }
        double quotient = Double.NaN;
        double residual = Double.NaN;
        for (int k = 0; k < ITERATIONS_MAX; k++) {
            double length = Math.sqrt(dot(v, v));
            for (int i = 0; i < n; i++) {
                v[i] /= length;
            }
            double[] w = product.apply(v.clone());
            quotient = dot(v, w);
            double square = 0.0;
            for (int i = 0; i < n; i++) {
                square += (w[i] - quotient * v[i]) * (w[i] - quotient * v[i]);
                v[i] = w[i] + shift * v[i];
            }
            residual = Math.sqrt(square);
            if (!(residual > 1e-9 * (Math.abs(quotient) + shift))) {
                break;
            }
        }
        return new double[] {quotient, residual};
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0.0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    private static double[] negated(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = -v[i];
        }
        return out;
    }
}
