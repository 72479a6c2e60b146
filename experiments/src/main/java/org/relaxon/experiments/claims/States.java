package org.relaxon.experiments.claims;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.settle.Equilibrium;

/** The real activities that a settled phase represents, and whether two are the same. */
final class States {
    /** States this close are the same equilibrium, found twice. */
    private static final double SAME = 1e-6;

    private States() {}

    /** Whether two states, of which either may be missing, are the same equilibrium. */
    static boolean isSame(Matrix[] free, Matrix[] at) {
        if (free == null || at == null) {
            return free == at;
        }
        for (int p = 0; p < free.length; p++) {
            double[] a = free[p].values();
            double[] b = at[p].values();
            for (int k = 0; k < a.length; k++) {
                if (!(Math.abs(a[k] - b[k]) <= SAME)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Activities of one block of columns, by population, the free state added if the phase held
     * differences from it.
     *
     * @param block which multiple of the estimator, from 0
     * @param free activities of the free equilibrium, shape (n, B); not read for a phase that holds
     *     no differences
     * @param examples B
     */
    static Matrix[] absolute(Equilibrium state, int block, Matrix[] free, int examples) {
        Matrix[] out = new Matrix[state.populations()];
        for (int p = 0; p < out.length; p++) {
            Matrix all = state.activity(p);
            out[p] = Matrix.zeros(all.rows(), examples);
            for (int r = 0; r < all.rows(); r++) {
                for (int c = 0; c < examples; c++) {
                    double base = state.phase().differences() ? free[p].get(r, c) : 0.0;
                    out[p].values()[r * examples + c] = base + all.get(r, block * examples + c);
                }
            }
        }
        return out;
    }
}
