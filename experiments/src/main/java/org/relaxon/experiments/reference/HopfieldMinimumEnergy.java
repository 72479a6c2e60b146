package org.relaxon.experiments.reference;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The function of which the contrast of two phases of a Hopfield-type network is the exact
 * derivative, at any nudge: [F(second) - F(free)] / beta, where F is the energy at the phase's
 * equilibrium, gamma = 1 (Scellier and Bengio 2017 for a nudge; Movellan 1991 for the full clamp,
 * beta = 1).
 *
 * <p>The energy is I = sum over populations of [sum G(s) - s^T (W s_pre + b)], G' = f^-1; a nudge
 * adds beta Loss, a full clamp holds the output at the target. Each phase's equilibrium is followed
 * from the states given, so that parameters near those of the states stay on the same branch.
 */
public final class HopfieldMinimumEnergy implements MinimumEnergy {
    private final Network network;
    private final Matrix input;
    private final Matrix target;
    private final double beta;
    private final boolean clamp;
    private final Matrix[] free;
    private final Matrix[] second;

    private HopfieldMinimumEnergy(
            Network network,
            Matrix input,
            Matrix target,
            double beta,
            boolean clamp,
            Matrix[] free,
            Matrix[] second) {
        this.network = network;
        this.input = input;
        this.target = target;
        this.beta = beta;
        this.clamp = clamp;
        this.free = free.clone();
        this.second = second.clone();
    }

    /**
     * {@return the difference of energies at a nudge}
     *
     * @param network graph, activations and loss
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param beta signed nudging strength
     * @param free start of each free phase, by population, shape (n, B); input not read
     * @param nudged start of each nudged phase, likewise
     * @throws IllegalArgumentException if beta is 0 or not finite, or naming a matrix that does not
     *     fit or an activation whose energy is not known
     */
    public static HopfieldMinimumEnergy nudged(
            Network network,
            Matrix input,
            Matrix target,
            double beta,
            Matrix[] free,
            Matrix[] nudged) {
        if (!(beta != 0.0 && Math.abs(beta) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "beta: need a finite number other than 0, got " + beta);
        }
        requireKnown(network);
        return new HopfieldMinimumEnergy(network, input, target, beta, false, free, nudged);
    }

    /**
     * {@return the difference of energies with the output held at the target} The target must be in
     * the closed range of the output's activation.
     *
     * @param network graph and activations
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param free start of each free phase, by population, shape (n, B); input not read
     * @param clamped start of each clamped phase, by population; input and output not used
     * @throws IllegalArgumentException naming a target out of range, or as for a nudge
     */
    public static HopfieldMinimumEnergy clamped(
            Network network, Matrix input, Matrix target, Matrix[] free, Matrix[] clamped) {
        requireKnown(network);
        for (Population p : network.outputs()) {
            Activation f = p.activation();
            for (int i = 0; i < p.size() * target.columns(); i++) {
                double t = target.values()[network.firstRow(p.index()) * target.columns() + i];
                if (!Double.isFinite(Elementwise.cost(f, t))) {
                    throw new IllegalArgumentException(
                            "target %s is out of the range of %s".formatted(t, f.optionName()));
                }
            }
        }
        return new HopfieldMinimumEnergy(network, input, target, 1.0, true, free, clamped);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if a phase has no equilibrium that Newton finds
     */
    @Override
    public double difference(Parameters theta) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta, 1.0);
        ReachedStates first = new ReachedStates(at, input, target, free);
        ReachedStates then = new ReachedStates(at, input, target, second);
        double sum = 0.0;
        for (int c = 0; c < input.columns(); c++) {
            double[] x = input.columnValues(c);
            double[] t = target.columnValues(c);
            double[][] s0 = at.free(x, first.given(c));
            double[][] start = minus(then.given(c), s0);
            double[][] d = clamp ? at.hold(s0, t, start) : at.nudge(s0, t, beta, start);
            sum += energyDifference(at, s0, d, t) / beta;
        }
        return sum;
    }

    /**
     * I(s0 + d) - I(s0), plus beta Loss in a nudged phase. At the free equilibrium s0 the gradient
     * of I is zero, which leaves sum over neurons of [G(s0 + d) - G(s0) - G'(s0) d] - d^T W d: of
     * second order in d and free of cancellation, so that no digits are lost near the target.
     */
    private double energyDifference(
            HopfieldEquilibrium at, double[][] s0, double[][] d, double[] t) {
        Ends ends = new Ends(network);
        double[][] drive = at.drive(s0);
        double sum = 0.0;
        if (!clamp) {
            double[] reached = ends.outputs(s0);
            double[] moved = ends.outputs(d);
            for (int i = 0; i < reached.length; i++) {
                reached[i] += moved[i];
            }
            sum += beta * ends.loss(reached, t);
        }
        for (Population p : network.populations()) {
            int k = p.index();
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double[] forward = at.coupling().drive(k, d);
            for (int i = 0; i < p.size(); i++) {
                sum += Elementwise.costDivergence(p.activation(), drive[k][i], d[k][i]);
                sum -= d[k][i] * forward[i];
            }
        }
        return sum;
    }

    private static double[][] minus(double[][] a, double[][] b) {
        double[][] out = new double[a.length][];
        for (int p = 0; p < a.length; p++) {
            out[p] = a[p].clone();
            for (int i = 0; i < out[p].length; i++) {
                out[p][i] -= b[p][i];
            }
        }
        return out;
    }

    private static void requireKnown(Network network) {
        for (Population p : network.populations()) {
            Elementwise.costAt(p.activation(), 0.0);
        }
    }
}
