package org.relaxon.experiments.reference;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.experiments.effort.Effort;

/**
 * A dense square system A x = b, solved by LU with partial pivoting and one step of refinement.
 *
 * <p>Neurons with slope 0 have rows (of the adjoint: columns) with nothing off the diagonal. These
 * unknowns are solved by substitution, and elimination is applied only to the others. Elimination
 * among all of them would mix rows, and leave roundings of the largest unknown where neurons with
 * slope 0 disconnect others and the solution is exactly 0.
 */
final class LinearSystem {
    /** Relative residual of a solution; a regular A leaves a few ulp. */
    private static final double TOLERANCE = 1e-9;

    private final DMatrixRMaj a;
    private final int n;

    /** Unknowns in the order of elimination: rows alone, the coupled ones, columns alone. */
    private final int[] rowsAlone;

    private final int[] coupled;
    private final int[] columnsAlone;

    LinearSystem(DMatrixRMaj a) {
        this.a = a;
        this.n = a.numRows;
        boolean[] left = new boolean[n];
        Arrays.fill(left, true);
        this.rowsAlone = alone(left, (i, j) -> a.unsafe_get(i, j));
        int[] last = alone(left, (i, j) -> a.unsafe_get(j, i));
        this.coupled = IntStream.range(0, n).filter(i -> left[i]).toArray();
        this.columnsAlone =
                IntStream.range(0, last.length).map(k -> last[last.length - 1 - k]).toArray();
    }

    /** An entry of A or of its transpose. */
    @FunctionalInterface
    private interface Entries {
        double at(int i, int j);
    }

    /** Removes rows whose only remaining entry is a regular diagonal, one by one. */
    private static int[] alone(boolean[] left, Entries entries) {
        int n = left.length;
        int[] out = new int[n];
        int count = 0;
        int before = -1;
        while (before < count) {
            before = count;
            for (int i = 0; i < n; i++) {
                if (left[i] && isAlone(i, left, entries)) {
                    left[i] = false;
                    out[count++] = i;
                }
            }
        }
        return Arrays.copyOf(out, count);
    }

    private static boolean isAlone(int i, boolean[] left, Entries entries) {
        for (int j = 0; j < left.length; j++) {
            if (j != i && left[j] && entries.at(i, j) != 0.0) { // NaN couples
                return false;
            }
        }
        return Math.abs(entries.at(i, i)) > 0.0;
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
        int m = coupled.length;
        Effort.spend((long) m * m * m / 3 + (long) n * n);
        LinearSolverDense<DMatrixRMaj> lu = m == 0 ? null : LinearSolverFactory_DDRM.lu(m);
        if (lu != null && !lu.setA(part())) {
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

    private DMatrixRMaj part() {
        DMatrixRMaj out = new DMatrixRMaj(coupled.length, coupled.length);
        for (int i = 0; i < coupled.length; i++) {
            for (int j = 0; j < coupled.length; j++) {
                out.unsafe_set(i, j, a.unsafe_get(coupled[i], coupled[j]));
            }
        }
        return out;
    }

    private double[] solve(LinearSolverDense<DMatrixRMaj> lu, double[] b) {
        double[] x = new double[n];
        for (int i : rowsAlone) {
            x[i] = left(i, b, x) / a.unsafe_get(i, i);
        }
        if (lu != null) {
            DMatrixRMaj right = new DMatrixRMaj(coupled.length, 1);
            DMatrixRMaj found = new DMatrixRMaj(coupled.length, 1);
            for (int k = 0; k < coupled.length; k++) {
                right.data[k] = left(coupled[k], b, x);
            }
            lu.solve(right, found);
            for (int k = 0; k < coupled.length; k++) {
                x[coupled[k]] = found.data[k];
            }
        }
        for (int i : columnsAlone) {
            x[i] = left(i, b, x) / a.unsafe_get(i, i);
        }
        return x;
    }

    /** b - A x in one row, with 0 for unknowns that are not solved yet. */
    private double left(int i, double[] b, double[] x) {
        double r = b[i];
        for (int j = 0; j < n; j++) {
            r -= a.unsafe_get(i, j) * x[j];
        }
        return r;
    }

    private double[] residual(double[] b, double[] x) {
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = left(i, b, x);
        }
        return r;
    }

    /** The largest magnitude; NaN if any element is NaN. */
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
