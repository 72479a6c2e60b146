package org.relaxon.experiments.reference;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * What the contrast of two phases of a Hopfield-type network is the exact derivative of, at any
 * nudge: [F(second) - F(free)] / beta, where F is the energy at the phase's equilibrium, gamma = 1
 * (Scellier and Bengio 2017 for a nudge; Movellan 1991 for the full clamp, beta = 1).
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
     * For a nudge.
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param beta signed nudging strength
     * @param free where each free phase is started, by population, shape (n, B); input not read
     * @param nudged where each nudged phase is started, likewise
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
     * For a full clamp of the output at the target; the target must be in the closed range of the
     * output's activation.
     *
     * @param clamped where each clamped phase is started, by population; input and output not used
     * @throws IllegalArgumentException naming a target out of range, or as for a nudge
     */
    public static HopfieldMinimumEnergy clamped(
            Network network, Matrix input, Matrix target, Matrix[] free, Matrix[] clamped) {
        requireKnown(network);
        Activation f = network.output().activation();
        for (double t : target.values()) {
            if (!Double.isFinite(Elementwise.cost(f, t))) {
                throw new IllegalArgumentException(
                        "target %s is out of the range of %s".formatted(t, f.optionName()));
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
            double[][] s =
                    clamp ? at.clamped(x, t, then.given(c)) : at.nudged(x, t, beta, then.given(c));
            sum += (energy(at, s, t, true) - energy(at, s0, t, false)) / beta;
        }
        return sum;
    }

    /** I, plus beta Loss in a nudged phase. */
    private double energy(HopfieldEquilibrium at, double[][] s, double[] t, boolean secondPhase) {
        Backprop loss = Backprop.of(network);
        double[][] drive = at.drive(s);
        int top = network.output().index();
        boolean nudge = secondPhase && !clamp;
        double[] g = loss.outputError(s[top], t);
        for (int i = 0; nudge && i < g.length; i++) {
            drive[top][i] -= beta * g[i];
        }
        double sum = nudge ? beta * loss.loss(s[top], t) : 0.0;
        for (Population p : network.populations()) {
            int k = p.index();
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double[] forward = forward(at, k, s);
            boolean held = secondPhase && clamp && k == top;
            for (int i = 0; i < p.size(); i++) {
                sum +=
                        held
                                ? Elementwise.cost(p.activation(), s[k][i])
                                : Elementwise.costAt(p.activation(), drive[k][i]);
                sum -= s[k][i] * forward[i];
            }
        }
        return sum;
    }

    /** W s_pre + b of one population. */
    private double[] forward(HopfieldEquilibrium at, int population, double[][] s) {
        double[][] below = new double[s.length][];
        System.arraycopy(s, 0, below, 0, population); // populations are in topological order
        double[] a = at.coupling().heard(population, below);
        double[] bias = at.coupling().theta().biases(population);
        for (int i = 0; i < a.length; i++) {
            a[i] += bias[i];
        }
        return a;
    }

    private static void requireKnown(Network network) {
        for (Population p : network.populations()) {
            Elementwise.costAt(p.activation(), 0.0);
        }
    }
}
