package org.relaxon.experiments.reference;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * One example's complex equilibrium of a Hopfield energy, all free activities end to end: s = f(c +
 * W s) with W symmetric and c = b plus the drive from the input, and at the linear output (1 + z) s
 * = c + W s + z T for the complex nudge z. Newton's method in the real embedding [[Re, -Im], [Im,
 * Re]].
 */
final class HolomorphicState {
    private static final int STEPS_MAX = 30;

    /** The largest residual at rest, relative to its largest term or 1. */
    private static final double AT_REST = 1e-13;

    private final Network network;
    private final int[] offset;
    private final int n;
    private final double[][] coupling;
    private final double[] constant;
    private final double[] target;

    HolomorphicState(Network network, Parameters theta, double[] input, double[] target) {
        this.network = network;
        this.target = target;
        this.offset = new int[network.populations().size()];
        int next = 0;
        for (Population p : network.populations()) {
            offset[p.index()] = next;
            next += p.role() == Population.Role.INPUT ? 0 : p.size();
        }
        this.n = next;
        this.coupling = new double[n][n];
        this.constant = new double[n];
        for (Population p : network.populations()) {
            double[] b = theta.biases(p.index());
            System.arraycopy(b, 0, constant, offset[p.index()], b.length);
        }
        network.projections().forEach(e -> couple(e, theta.weights(e.index()), input));
    }

    private void couple(Projection e, double[][] w, double[] input) {
        boolean clamped = network.population(e.pre()).role() == Population.Role.INPUT;
        for (int i = 0; i < w.length; i++) {
            int post = offset[e.post()] + i;
            for (int j = 0; j < w[i].length; j++) {
                if (clamped) {
                    constant[post] += w[i][j] * input[network.firstRow(e.pre()) + j];
                } else {
                    coupling[post][offset[e.pre()] + j] += w[i][j];
                    coupling[offset[e.pre()] + j][post] += w[i][j];
                }
            }
        }
    }

    /** Offset of a population among the free activities. */
    int offset(int population) {
        return offset[population];
    }

    /** The free state by {@code sweeps} sweeps from zeros: layers 1..L, then L-1..1, and again. */
    Complex[] swept(int sweeps) {
        Complex[] s = new Complex[n];
        Arrays.fill(s, new Complex(0.0, 0.0));
        int layers = network.populations().size();
        for (int k = 0; k < sweeps; k++) {
            for (int p = 0; p < layers; p++) {
                relax(network.population(p), s);
            }
            for (int p = layers - 2; p >= 0; p--) {
                relax(network.population(p), s);
            }
        }
        return s;
    }

    private void relax(Population p, Complex[] s) {
        if (p.role() == Population.Role.INPUT) {
            return;
        }
        StandardActivation f = (StandardActivation) p.activation();
        Effort.spend(2L * n * p.size());
        for (int i = offset[p.index()]; i < offset[p.index()] + p.size(); i++) {
            s[i] = drive(i, s).rate(f);
        }
    }

    private Complex drive(int i, Complex[] s) {
        double re = constant[i];
        double im = 0.0;
        for (int j = 0; j < n; j++) {
            re += coupling[i][j] * s[j].re();
            im += coupling[i][j] * s[j].im();
        }
        return new Complex(re, im);
    }

    /** The equilibrium at nudge z that Newton's method reaches, or null if it reaches none. */
    Complex[] equilibrium(Complex z, Complex[] start) {
        Complex[] s = start.clone();
        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < STEPS_MAX; k++) {
            Complex[] residual = residual(z, s);
            double size = largest(residual);
            if (size == 0.0 || size <= AT_REST * scale(s) && size >= before / 2) {
                return s;
            }
            before = size;
            if (!step(z, s, residual)) {
                return null;
            }
        }
        return null;
    }

    /** The largest term of any residual, or 1. */
    private double scale(Complex[] s) {
        double largest = 1.0;
        for (int i = 0; i < n; i++) {
            double terms = Math.abs(constant[i]);
            for (int j = 0; j < n; j++) {
                terms += Math.abs(coupling[i][j]) * Math.hypot(s[j].re(), s[j].im());
            }
            largest = Math.max(largest, Math.max(terms, Math.hypot(s[i].re(), s[i].im())));
        }
        return largest;
    }

    private Complex[] residual(Complex z, Complex[] s) {
        Complex[] r = new Complex[n];
        for (Population p : network.populations()) {
            for (int k = 0; p.role() != Population.Role.INPUT && k < p.size(); k++) {
                int i = offset[p.index()] + k;
                Complex h = drive(i, s);
                r[i] =
                        p.role() == Population.Role.OUTPUT
                                ? s[i].minus(h)
                                        .plus(z.times(s[i]))
                                        .minus(z.times(target[network.firstRow(p.index()) + k]))
                                : s[i].minus(h.rate((StandardActivation) p.activation()));
            }
        }
        return r;
    }

    /** One Newton step, in place; false if the system is singular. */
    private boolean step(Complex z, Complex[] s, Complex[] residual) {
        DMatrixRMaj matrix = new DMatrixRMaj(2 * n, 2 * n);
        DMatrixRMaj right = new DMatrixRMaj(2 * n, 1);
        for (Population p : network.populations()) {
            for (int k = 0; p.role() != Population.Role.INPUT && k < p.size(); k++) {
                int i = offset[p.index()] + k;
                boolean out = p.role() == Population.Role.OUTPUT;
                Complex slope = drive(i, s).rateSlope((StandardActivation) p.activation());
                for (int j = 0; j < n; j++) {
                    embed(slope.times(-coupling[i][j]), i, j, matrix);
                }
                Complex own = new Complex(1.0, 0.0);
                embed(out ? own.plus(z) : own, i, i, matrix);
                right.data[i] = residual[i].re();
                right.data[n + i] = residual[i].im();
            }
        }
        Effort.spend(8L * n * n * n / 3);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(2 * n);
        if (!solver.setA(matrix)) {
            return false;
        }
        DMatrixRMaj step = new DMatrixRMaj(2 * n, 1);
        solver.solve(right, step);
        for (int i = 0; i < n; i++) {
            s[i] = s[i].minus(new Complex(step.data[i], step.data[n + i]));
        }
        return true;
    }

    private void embed(Complex value, int i, int j, DMatrixRMaj into) {
        into.add(i, j, value.re());
        into.add(n + i, n + j, value.re());
        into.add(n + i, j, value.im());
        into.add(i, n + j, -value.im());
    }

    private static double largest(Complex[] values) {
        double largest = 0.0;
        for (Complex v : values) {
            largest = Math.max(largest, Math.max(Math.abs(v.re()), Math.abs(v.im())));
        }
        return largest;
    }
}
