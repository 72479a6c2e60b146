package org.relaxon.experiments.random;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * r(z) = 0 by Newton's method. Layers of a deep network differ by many orders of magnitude, and
 * each of them is to be right relative to itself: unknowns and equations are scaled by layer.
 */
interface Equations {
    double[] residual(double[] z);

    DMatrixRMaj jacobian(double[] z);

    /** Steps of Newton's method in which a basin is followed or given up. */
    int STEPS_MAX = 40;

    /** Relative change of every layer at which it is known. */
    double KNOWN = 1e-9;

    /** What is smaller is zero: elimination leaves roundings of it that are no number any more. */
    double ZERO = 1e-290;

    /** The solution next to z; null if Newton's method does not find one. */
    static double[] solve(Chain chain, Equations equations, double[] start) {
        return solve(chain.ends(), equations, start);
    }

    /**
     * The same for unknowns that come in other blocks than layers.
     *
     * @param ends of the blocks, in order
     */
    static double[] solve(int[] ends, Equations equations, double[] start) {
        double[] z = start.clone();
        for (int step = 0; step < STEPS_MAX; step++) {
            double[] r = equations.residual(z);
            double[] scale = scales(ends, z, r);
            DMatrixRMaj jacobian = equations.jacobian(z);
            DMatrixRMaj right = new DMatrixRMaj(z.length, 1);
            for (int i = 0; i < z.length; i++) {
                right.set(i, 0, -r[i] / scale[i]);
                for (int j = 0; j < z.length; j++) {
                    jacobian.set(i, j, jacobian.get(i, j) * scale[j] / scale[i]);
                }
            }
            DMatrixRMaj by = step(jacobian, right);
            if (by == null) {
                return null;
            }
            boolean known = true;
            int from = 0;
            for (int end : ends) {
                double moved = 0;
                double size = 0;
                for (int i = from; i < end; i++) {
                    double d = by.get(i, 0) * scale[i];
                    z[i] += d;
                    moved = Math.max(moved, Math.abs(d));
                    size = Math.max(size, Math.abs(z[i]));
                    if (!Double.isFinite(z[i])) {
                        return null;
                    }
                }
                known &= moved <= Math.max(KNOWN * size, ZERO);
                from = end;
            }
            if (known) {
                return z;
            }
        }
        return null;
    }

    /**
     * The solution of a linear system, null if there is none. Units at slope 0 have rows of the
     * identity; elimination leaves these out, since it would mix them with others and leave
     * roundings where they cut off what is exactly zero.
     */
    private static DMatrixRMaj step(DMatrixRMaj jacobian, DMatrixRMaj right) {
        int n = right.numRows;
        int[] some = IntStream.range(0, n).filter(i -> !isOwn(jacobian, i)).toArray();
        DMatrixRMaj out = right.copy();
        if (some.length == 0) {
            return out;
        }
        DMatrixRMaj part = new DMatrixRMaj(some.length, some.length);
        DMatrixRMaj rest = new DMatrixRMaj(some.length, 1);
        boolean[] known = new boolean[n];
        Arrays.fill(known, true);
        Arrays.stream(some).forEach(i -> known[i] = false);
        for (int k = 0; k < some.length; k++) {
            double sum = right.get(some[k], 0);
            for (int j = 0; j < n; j++) {
                sum -= known[j] ? jacobian.get(some[k], j) * right.get(j, 0) : 0.0;
            }
            rest.set(k, 0, sum);
            for (int j = 0; j < some.length; j++) {
                part.set(k, j, jacobian.get(some[k], some[j]));
            }
        }
        LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(some.length);
        DMatrixRMaj found = new DMatrixRMaj(some.length, 1);
        if (!lu.setA(part)) {
            return null;
        }
        lu.solve(rest, found);
        for (int k = 0; k < some.length; k++) {
            out.set(some[k], 0, found.get(k, 0));
        }
        return out;
    }

    private static boolean isOwn(DMatrixRMaj m, int row) {
        for (int j = 0; j < m.numCols; j++) {
            if (m.get(row, j) != (j == row ? 1.0 : 0.0)) {
                return false;
            }
        }
        return true;
    }

    private static double[] scales(int[] ends, double[] z, double[] r) {
        double[] out = new double[z.length];
        int from = 0;
        for (int end : ends) {
            double size = 0;
            for (int i = from; i < end; i++) {
                size = Math.max(size, Math.max(Math.abs(z[i]), Math.abs(r[i])));
            }
            Arrays.fill(out, from, end, size > ZERO ? size : 1.0);
            from = end;
        }
        return out;
    }
}
