package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The equations of one phase for one example, x = image(x), and a Newton method for them. The
 * residual is x - f(h), which unlike f^-1(x) - h never divides by a slope.
 *
 * <p>x is the state itself, image f(h0 + u(x)), or its distance from another state s0 with drive
 * h0, image f(h0 + u(x)) - f(h0) without cancellation: then the result has the relative accuracy of
 * a small difference. u is the drive and feedback that populations receive from x, minus beta
 * dLoss/ds at the output.
 *
 * @param coupling the linear part
 * @param base s0 by population; null where x is the state itself
 * @param drive h0 by population; null for the input
 * @param beta nudging strength, 0 for none
 * @param target shape (n_L); unused without a nudge
 * @param solved the populations whose x is unknown; the others keep theirs
 */
record HopfieldBalance(
        HopfieldCoupling coupling,
        double[][] base,
        double[][] drive,
        double beta,
        double[] target,
        boolean[] solved) {
    private static final int ITERATIONS_MAX = 100;
    private static final int SWEEPS_MAX = 200;
    private static final int ATTEMPTS_MAX = 4;
    private static final double SHORTEST_STEP = 0x1p-30;

    /**
     * Residual over scale that round-off may leave; Newton itself continues while the residual
     * falls.
     */
    private static final double ROUND_OFF = 1e-13;

    /** A sweep that changes less than this, relative to x, is the last. */
    private static final double SWEPT = 1e-6;

    /** Where Newton's method ended. */
    private record Ending(double[][] x, double residual, boolean converged) {}

    /**
     * Newton from {@code start}; where that fails, sweeps and Newton again.
     *
     * @throws IllegalStateException if no attempt reaches round-off, with the residual
     */
    double[][] solve(double[][] start) {
        Ending end = newton(start);
        double[][] x = start;
        for (int k = 1; k < ATTEMPTS_MAX && !end.converged(); k++) {
            x = swept(x);
            end = newton(x);
        }
        if (!end.converged()) {
            throw new IllegalStateException(
                    "no equilibrium found: residual %.3e after %d attempts"
                            .formatted(end.residual(), ATTEMPTS_MAX));
        }
        return end.x();
    }

    /** Sweeps up and down the populations, each moved to its own balance, until little changes. */
    double[][] swept(double[][] start) {
        double[][] x = start.clone();
        int last = solved.length - 1;
        for (int k = 0; k < SWEEPS_MAX; k++) {
            double[][] before = x.clone();
            for (int p = 0; p <= last; p++) {
                relax(p, x);
            }
            for (int p = last - 1; p >= 0; p--) {
                relax(p, x);
            }
            if (!(norm(minus(x, before)) > SWEPT * norm(x))) {
                break;
            }
        }
        return x;
    }

    /**
     * One sweep down the hidden populations: each component gets its own relative accuracy, where
     * Newton considers only the largest.
     */
    double[][] refined(double[][] x) {
        double[][] out = x.clone();
        for (int p = solved.length - 1; p >= 0; p--) {
            if (!isOutput(p)) {
                relax(p, out);
            }
        }
        return norm(residual(out)) <= norm(residual(x)) + ROUND_OFF * scale(x) ? out : x;
    }

    private void relax(int p, double[][] x) {
        if (!solved[p]) {
            return;
        }
        if (isOutput(p) && beta != 0.0) { // its nudge depends on itself
            boolean[] alone = new boolean[solved.length];
            alone[p] = true;
            HopfieldBalance own = new HopfieldBalance(coupling, base, drive, beta, target, alone);
            x[p] = own.newton(x).x()[p];
        } else if (isLateral(p)) {
            x[p] = x[p].clone();
            for (int i = 0; i < x[p].length; i++) { // all at once they may swing for ever
                x[p][i] = image(p, i, coupling.heard(p, i, x));
            }
        } else {
            x[p] = image(p, heard(p, x));
        }
    }

    private boolean isLateral(int p) {
        return coupling.network().into(p).stream().anyMatch(Projection::isLateral);
    }

    private Ending newton(double[][] start) {
        double[][] x = start;
        double[][] r = residual(x);
        double norm = norm(r);
        for (int k = 0; k < ITERATIONS_MAX && norm > 0.0; k++) {
            double[] step;
            try {
                step = new LinearSystem(jacobian(x)).solve(negatedFlat(r));
            } catch (IllegalStateException singular) {
                break; // sweeps may lead away from the solution
            }
            double t = 1.0;
            double[][] trial = moved(x, t, step);
            double[][] found = residual(trial);
            while (!(norm(found) < (1.0 - 1e-4 * t) * norm) && t > SHORTEST_STEP) {
                t /= 2.0;
                trial = moved(x, t, step);
                found = residual(trial);
            }
            if (!(norm(found) < norm)) {
                break;
            }
            x = trial;
            r = found;
            norm = norm(r);
        }
        return new Ending(x, norm, norm <= ROUND_OFF * scale(x));
    }

    /** x - image(x), zero where x is known. */
    private double[][] residual(double[][] x) {
        double[][] r = new double[x.length][];
        for (int p = 0; p < r.length; p++) {
            if (solved[p]) {
                double[] image = image(p, heard(p, x));
                r[p] = new double[image.length];
                for (int i = 0; i < image.length; i++) {
                    r[p][i] = x[p][i] - image[i];
                }
            }
        }
        return r;
    }

    private double[] heard(int p, double[][] x) {
        double[] u = coupling.heard(p, x);
        if (isOutput(p) && beta != 0.0) {
            Population output = coupling.network().population(p);
            double[] g =
                    new OutputLoss(coupling.network().loss())
                            .gradient(activity(p, x), ends().part(output, target));
            for (int i = 0; i < u.length; i++) {
                u[i] -= beta * g[i];
            }
        }
        return u;
    }

    private double[] image(int p, double[] u) {
        double[] image = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            image[i] = image(p, i, u[i]);
        }
        return image;
    }

    private double image(int p, int i, double u) {
        Activation f = coupling.network().population(p).activation();
        double h = drive[p][i];
        return base == null ? Elementwise.value(f, h + u) : Elementwise.increment(f, h, u);
    }

    private DMatrixRMaj jacobian(double[][] x) {
        double[][] slope = new double[x.length][];
        for (Population p : coupling.network().populations()) {
            if (solved[p.index()]) {
                double[] u = heard(p.index(), x);
                slope[p.index()] = new double[u.length];
                for (int i = 0; i < u.length; i++) {
                    double h = drive[p.index()][i] + u[i];
                    slope[p.index()][i] = Elementwise.slope(p.activation(), h);
                }
            }
        }
        DMatrixRMaj a = coupling.oneMinusSlopeTimesWeights(slope, solved);
        for (Population p : coupling.network().outputs()) {
            if (solved[p.index()] && beta != 0.0) {
                addCurvature(p, x, slope[p.index()], a);
            }
        }
        return a;
    }

    /** Adds beta D L'' at an output. */
    private void addCurvature(Population p, double[][] x, double[] slope, DMatrixRMaj a) {
        int at = coupling.offsets(solved)[p.index()];
        new OutputLoss(coupling.network().loss())
                .curvature(activity(p.index(), x), ends().part(p, target))
                .forEach(
                        (i, j, left, right) ->
                                a.add(at + i, at + j, beta * slope[i] * left * right));
    }

    /** x itself, or its base plus x. */
    private double[] activity(int p, double[][] x) {
        double[] s = x[p].clone();
        for (int i = 0; base != null && i < s.length; i++) {
            s[i] += base[p][i];
        }
        return s;
    }

    private boolean isOutput(int p) {
        return coupling.network().population(p).role() == Population.Role.OUTPUT;
    }

    private Ends ends() {
        return new Ends(coupling.network());
    }

    /** The scale of x and its input: the terms, not the sums in which they may cancel. */
    private double scale(double[][] x) {
        double sum = norm(x);
        for (int p = 0; p < x.length; p++) {
            if (solved[p]) {
                sum += norm(coupling.terms(p, x));
                sum += base == null ? norm(drive[p]) : 0.0;
            }
        }
        for (Population p : coupling.network().outputs()) {
            if (solved[p.index()] && beta != 0.0) {
                double[] s = activity(p.index(), x);
                sum += Math.abs(beta) * coupling.sizeOfLoss(s, ends().part(p, target));
            }
        }
        return sum;
    }

    private double[] negatedFlat(double[][] r) {
        int[] offset = coupling.offsets(solved);
        double[] flat = new double[offset[solved.length]];
        for (int p = 0; p < r.length; p++) {
            for (int i = 0; r[p] != null && i < r[p].length; i++) {
                flat[offset[p] + i] = -r[p][i];
            }
        }
        return flat;
    }

    private double[][] moved(double[][] x, double t, double[] step) {
        int[] offset = coupling.offsets(solved);
        double[][] out = x.clone();
        for (int p = 0; p < x.length; p++) {
            if (solved[p]) {
                out[p] = x[p].clone();
                for (int i = 0; i < out[p].length; i++) {
                    out[p][i] += t * step[offset[p] + i];
                }
            }
        }
        return out;
    }

    private static double[][] minus(double[][] x, double[][] y) {
        double[][] out = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            out[p] = x[p] == null ? null : x[p].clone();
            for (int i = 0; out[p] != null && i < out[p].length; i++) {
                out[p][i] -= y[p][i];
            }
        }
        return out;
    }

    private static double norm(double[] v) {
        return Math.sqrt(Amplification.square(v));
    }

    private static double norm(double[][] x) {
        double sum = 0.0;
        for (double[] own : x) {
            sum += own == null ? 0.0 : Amplification.square(own);
        }
        return Math.sqrt(sum);
    }
}
