package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.network.Population;

/**
 * Finds the minimum of a {@link LayeredEnergy} that lies downhill of the feedforward pass: Newton
 * steps where the matrix is positive definite, otherwise steps with Gauss and Newton's matrix,
 * halved until the energy falls enough (Armijo 1966), as long as this is distinguishable from
 * rounding; at the end full steps until the gradient stops shrinking. Steps are taken in the
 * residuals, which keeps their relative accuracy when they are of the size of a small beta.
 */
final class NewtonDescent {
    private static final int STEPS_MAX = 500;
    private static final int HALVINGS_MAX = 50;

    /** Below this share of the energy a decrease is indistinguishable from round-off. */
    private static final double TELLABLE = 1e-11;

    /** The largest gradient at rest, relative to the sum of its terms. */
    private static final double AT_REST = 1e-13;

    private final LayeredEnergy energy;
    private LayeredEnergy.Point at;
    private double[] gradient;
    private double size;

    private NewtonDescent(LayeredEnergy energy) {
        this.energy = energy;
    }

    /**
     * The minimum.
     *
     * @throws IllegalStateException if it is not found to round-off; at a kink of f there may be
     *     none at which the gradient vanishes
     */
    static LayeredEnergy.Point minimum(LayeredEnergy energy) {
        double[][] v = new double[energy.network().populations().size()][];
        for (Population p : energy.network().populations()) {
            v[p.index()] = p.role() == Population.Role.INPUT ? null : new double[p.size()];
        }
        return minimum(energy, v);
    }

    /** The minimum downhill of given residuals. */
    static LayeredEnergy.Point minimum(LayeredEnergy energy, double[][] residuals) {
        return new NewtonDescent(energy).run(residuals);
    }

    private LayeredEnergy.Point run(double[][] residuals) {
        visit(energy.at(residuals));
        if (gradient.length == 0) {
            return at; // one layer with its output held: nothing is free
        }
        for (int k = 0; k < STEPS_MAX; k++) {
            DMatrixRMaj step = newtonStep();
            double decrease = -dot(gradient, step.data);
            double room = TELLABLE * Math.abs(at.value()) + energy.valueRounding(at);
            if (!(Math.abs(decrease) > room)) {
                return polished("no further step helps");
            }
            LayeredEnergy.Point there = lower(step, decrease);
            if (there == null) {
                return polished("no step lowers it, as at a kink");
            }
            visit(there);
        }
        return polished("too many steps");
    }

    /**
     * Full steps until rounding stops them, then the judgement; {@code why} is the reason for these
     * steps.
     */
    private LayeredEnergy.Point polished(String why) {
        for (int k = 0; k < STEPS_MAX; k++) {
            LayeredEnergy.Point kept = at;
            double sizeKept = size;
            visit(moved(newtonStep(), 1.0));
            if (!(size < sizeKept)) {
                visit(kept);
                break;
            }
        }
        if (!(size <= AT_REST) || factorised(false) == null) {
            throw notFound(why);
        }
        return at;
    }

    /** Moves there, and computes the gradient and its size relative to its terms. */
    private void visit(LayeredEnergy.Point point) {
        double[] scale = new double[1];
        at = point;
        gradient = energy.gradient(point, scale);
        double sum = 0.0;
        for (double g : gradient) {
            sum += Math.abs(g);
        }
        size = scale[0] == 0.0 ? 0.0 : sum / scale[0];
    }

    private DMatrixRMaj newtonStep() {
        LinearSolverDense<DMatrixRMaj> solver = factorised(false);
        solver = solver == null ? factorised(true) : solver;
        if (solver == null) {
            throw notFound("not convex");
        }
        int n = gradient.length;
        DMatrixRMaj right = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            right.data[i] = -gradient[i];
        }
        DMatrixRMaj step = new DMatrixRMaj(n, 1);
        solver.solve(right, step);
        return step;
    }

    /** Cholesky factors of the second derivatives; null if they are not positive definite. */
    private LinearSolverDense<DMatrixRMaj> factorised(boolean convex) {
        long n = gradient.length;
        Effort.spend(n * n * n / 2); // second derivatives and their factors
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(gradient.length);
        return solver.setA(energy.curvature(at, convex)) ? solver : null;
    }

    /** A point far enough below, in the direction of a step; null if there is none. */
    private LayeredEnergy.Point lower(DMatrixRMaj step, double decrease) {
        double share = 1.0;
        for (int k = 0; k < HALVINGS_MAX; k++) {
            LayeredEnergy.Point there = moved(step, share);
            if (there.value() <= at.value() - 1e-4 * share * decrease) {
                return there;
            }
            share /= 2;
        }
        return null;
    }

    /** The point with residuals moved by {@code share} of the step of the activities. */
    private LayeredEnergy.Point moved(DMatrixRMaj step, double share) {
        int[] offset = energy.offsets();
        double[][] v = at.v().clone();
        for (Population p : energy.network().populations()) {
            int own = offset[p.index()];
            if (own < 0) {
                continue;
            }
            double[] next = v[p.index()].clone();
            for (int i = 0; i < next.length; i++) {
                double da = dot(energy.driveByFree(p.index(), i, offset), step.data);
                next[i] += share * at.parts()[p.index()].residualStep(i, step.data[own + i], da);
            }
            v[p.index()] = next;
        }
        return energy.at(v);
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0.0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    private IllegalStateException notFound(String why) {
        return new IllegalStateException(
                "no minimum of the energy found: %s; relative gradient %.1e".formatted(why, size));
    }
}
