package org.relaxon.experiments.random;

import java.util.Arrays;
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

    /** The solution next to z; null if Newton's method does not find one. */
    static double[] solve(Chain chain, Equations equations, double[] start) {
        double[] z = start.clone();
        for (int step = 0; step < STEPS_MAX; step++) {
            double[] r = equations.residual(z);
            double[] scale = scales(chain, z, r);
            DMatrixRMaj jacobian = equations.jacobian(z);
            DMatrixRMaj right = new DMatrixRMaj(z.length, 1);
            for (int i = 0; i < z.length; i++) {
                right.set(i, 0, -r[i] / scale[i]);
                for (int j = 0; j < z.length; j++) {
                    jacobian.set(i, j, jacobian.get(i, j) * scale[j] / scale[i]);
                }
            }
            LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(z.length);
            DMatrixRMaj by = new DMatrixRMaj(z.length, 1);
            if (!lu.setA(jacobian)) {
                return null;
            }
            lu.solve(right, by);
            boolean known = true;
            for (int l = 1; l <= chain.depth; l++) {
                double moved = 0;
                double size = 0;
                for (int i = chain.offset[l]; i < chain.offset[l] + chain.size[l]; i++) {
                    double d = by.get(i, 0) * scale[i];
                    z[i] += d;
                    moved = Math.max(moved, Math.abs(d));
                    size = Math.max(size, Math.abs(z[i]));
                    if (!Double.isFinite(z[i])) {
                        return null;
                    }
                }
                known &= moved <= KNOWN * size;
            }
            if (known) {
                return z;
            }
        }
        return null;
    }

    private static double[] scales(Chain chain, double[] z, double[] r) {
        double[] out = new double[z.length];
        for (int l = 1; l <= chain.depth; l++) {
            double size = 0;
            int end = chain.offset[l] + chain.size[l];
            for (int i = chain.offset[l]; i < end; i++) {
                size = Math.max(size, Math.max(Math.abs(z[i]), Math.abs(r[i])));
            }
            Arrays.fill(out, chain.offset[l], end, size > 1e-290 ? size : 1.0);
        }
        return out;
    }
}
