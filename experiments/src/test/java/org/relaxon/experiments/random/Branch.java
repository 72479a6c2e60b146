package org.relaxon.experiments.random;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.settle.Equilibrium;

/** The minima of a Hopfield energy that are followed from the free state as the nudge grows. */
final class Branch {
    private static final double SAME_STATE = 1e-3;

    private final Problem problem;

    Branch(Problem problem) {
        this.problem = problem;
    }

    /** True if every column of the nudged phase rests where its branch ends, at a minimum. */
    boolean leadsTo(Equilibrium free, Equilibrium nudged) {
        boolean same = true;
        for (int column = 0; column < nudged.phase().columns(); column++) {
            int example = column % problem.examples();
            Chain chain =
                    new Chain(
                            problem.network(),
                            problem.input().columnValues(example),
                            problem.target().columnValues(example));
            Recurrent solver = new Recurrent(chain);
            double[] s0 = solver.free(Solutions.flat(chain, free, example));
            double beta = nudged.phase().beta(column);
            double[] branch = s0 == null ? null : solver.follow(s0, beta);
            double[] s = Solutions.flat(chain, nudged, column);
            for (int k = 0; branch != null && k < s.length; k++) {
                double moved = nudged.phase().differences() ? s[k] : s[k] - s0[k];
                same &= Math.abs(moved - beta * branch[k]) <= SAME_STATE;
            }
            same &= branch != null && Solutions.least(solver.hessian(s0, beta, branch)) > 0;
        }
        return same;
    }
}
