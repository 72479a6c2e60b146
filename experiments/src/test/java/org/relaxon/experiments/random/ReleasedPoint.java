package org.relaxon.experiments.random;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.random.Divergences.Held;

/**
 * The stationary point of a divergence's energy that is next to a state that was released. Where
 * units stand on kinks Newton's method may swing between their sides or leave for another point:
 * units that an error holds on a kink are tried there, each with a slope of its own, and of several
 * solutions the nearest to the state is the one that it stands for.
 *
 * @param solver the equations, with the units that are held
 * @param z their solution
 */
record ReleasedPoint(Divergences solver, double[] z) {
    /** What an input may be away from a kink on which a unit was released. */
    private static final double AT_KINK = 1e-8;

    /** An activity this near is that of the state, and nothing else is looked for. */
    private static final double SAME = 1e-9;

    /**
     * Solves.
     *
     * @param equations without units on kinks
     * @param kinked whether errors may hold units on kinks, as those of squared distances do
     * @param x activities by layer, from 1
     * @param errors by layer, from 1
     * @return null if nothing was found
     */
    static ReleasedPoint of(
            Chain chain, Divergences equations, boolean kinked, double[][] x, double[][] errors) {
        double[] start = equations.start(errors);
        ReleasedPoint best = kinked ? held(equations, held(chain, x, errors), start) : null;
        best = nearer(best, plain(chain, equations, start), x);
        if (best != null && best.apart(x) <= SAME) {
            return best;
        }
        // from nothing where the target is met: errors are then nothing but their own rounding
        return nearer(best, plain(chain, equations, new double[chain.unknowns]), x);
    }

    private static ReleasedPoint plain(Chain chain, Divergences equations, double[] start) {
        double[] z = Equations.solve(chain, equations, start);
        return z == null ? null : new ReleasedPoint(equations, z);
    }

    /** The first unless the second is clearly nearer. */
    private static ReleasedPoint nearer(ReleasedPoint one, ReleasedPoint other, double[][] x) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.apart(x) < 0.5 * one.apart(x) ? other : one;
    }

    /** Units that stand on a kink from which the energy rises to both sides. */
    private static List<Held> held(Chain chain, double[][] x, double[][] errors) {
        List<Held> out = new ArrayList<>();
        for (int l = 1; l <= chain.depth; l++) {
            double[] a = chain.drive(l, l == 1 ? chain.input : x[l - 1]);
            for (double kink : chain.f[l].kinks()) {
                double jump =
                        chain.f[l].slope(Math.nextUp(kink)) - chain.f[l].slope(Math.nextDown(kink));
                for (int i = 0; i < a.length; i++) {
                    if (Math.abs(a[i] - kink) <= AT_KINK && errors[l][i] * jump < 0.0) {
                        out.add(new Held(l, i, kink));
                    }
                }
            }
        }
        return out;
    }

    /** Units that need a slope of neither side are let go. */
    private static ReleasedPoint held(Divergences equations, List<Held> some, double[] start) {
        List<Held> held = new ArrayList<>(some);
        while (!held.isEmpty()) {
            Divergences solver = equations.with(held);
            double[] z = Equations.solve(solver.ends(), solver, solver.start(start));
            if (z == null) {
                return null;
            }
            int all = held.size();
            for (int k = all - 1; k >= 0; k--) {
                if (!solver.isBetweenSides(z, k)) {
                    held.remove(k);
                }
            }
            if (held.size() == all) {
                return new ReleasedPoint(solver, z);
            }
        }
        return null;
    }

    /** How far the activities are from those of a state. */
    private double apart(double[][] x) {
        double[][] own = solver.activities(z);
        double out = 0.0;
        for (int l = 1; l < own.length; l++) {
            for (int i = 0; i < own[l].length; i++) {
                out = Math.max(out, Math.abs(own[l][i] - x[l][i]));
            }
        }
        return out;
    }
}
