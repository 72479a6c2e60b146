package org.relaxon.experiments.reference;

import java.util.function.IntFunction;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The gradients that a user's energy implies, only from its {@link EnergyTerm}: of the loss at the
 * free equilibrium, of (F(beta) - F(0)) / beta with F the energy at the equilibria (Scellier and
 * Bengio 2017), and that scalar itself. Dense matrices over all free neurons, one example at a
 * time: for small networks.
 *
 * <p>Equilibria are those near the states given, so that parameters near those of the states stay
 * on the same branch.
 */
public final class TermReference {
    private final Network network;
    private final IntFunction<EnergyTerm> terms;
    private final double noise;
    private final Matrix input;
    private final Matrix target;
    private final Matrix[] free;
    private final double farthest;

    /**
     * Prepares the references of one batch.
     *
     * @param network with its parameters, activations and loss
     * @param terms the energy of one neuron of each population, by index
     * @param noise of derivatives that are themselves differences, absolute; 0 for stated ones
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param free free states by population, shape (n, B), the input's not read; null for the
     *     forward pass, which is the free state of a divergence
     * @param farthest largest distance in one neuron of an equilibrium from the state that was
     *     reached
     * @throws IllegalArgumentException naming a matrix that does not fit
     */
    public TermReference(
            Network network,
            IntFunction<EnergyTerm> terms,
            double noise,
            Matrix input,
            Matrix target,
            Matrix[] free,
            double farthest) {
        Backprop.requireBatch(network, input, target);
        this.network = network;
        this.terms = terms;
        this.noise = noise;
        this.input = input;
        this.target = target;
        this.free = free;
        this.farthest = farthest;
    }

    /**
     * dLoss/dtheta at the free equilibrium, by the implicit function theorem (Almeida 1987; Pineda
     * 1987): with H the second derivatives of E and H p = -dLoss/dx, the change of dE/dtheta along
     * p. Summed over the batch.
     *
     * @return the gradient
     * @throws NotAnEquilibriumException naming column and distance, if an equilibrium is farther
     *     from the state given
     * @throws IllegalStateException if one is not found, or is degenerate
     */
    public Parameters implicitGradient() {
        Parameters out = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            TermEnergy energy = energy(network.parameters(), 0.0, c);
            double[][] x = polished(energy, c, free, true);
            double[] right = new double[energy.size()];
            for (Population top : network.outputs()) {
                double[] aim = new Ends(network).part(top, aim(c));
                double[] error = new OutputLoss(network.loss()).gradient(x[top.index()], aim);
                for (int i = 0; i < error.length; i++) {
                    right[energy.offsets()[top.index()] + i] = -error[i];
                }
            }
            double[] p = new LinearSystem(energy.curvature(x)).solve(right);
            energy.addChangeByParameters(x, p, out);
        }
        return out;
    }

    /**
     * [dE/dtheta at the nudged minus that at the free equilibrium] / beta, summed over the batch:
     * the exact value of an estimate at a finite nudge.
     *
     * @param beta signed nudging strength, finite and not 0
     * @param nudged states by population, shape (n, B); null for the equilibrium nearest to the
     *     free state
     * @return the estimate stated as dLoss/dtheta
     * @throws NotAnEquilibriumException as {@link #implicitGradient}
     */
    public Parameters finiteNudge(double beta, Matrix[] nudged) {
        Parameters out = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            Pair pair = pair(network.parameters(), beta, c, nudged, true);
            pair.after.addByParameters(pair.x, 1.0 / beta, out);
            pair.before.addByParameters(pair.x0, -1.0 / beta, out);
        }
        return out;
    }

    /**
     * {@return (F(beta, theta) - F(0, theta)) / beta, summed over the batch, as a function of
     * theta}
     *
     * @param beta signed nudging strength, finite and not 0
     * @param nudged as for {@link #finiteNudge}
     */
    public MinimumEnergy difference(double beta, Matrix[] nudged) {
        return theta -> {
            double sum = 0.0;
            for (int c = 0; c < input.columns(); c++) {
                Pair pair = pair(theta, beta, c, nudged, false);
                sum += (pair.after.value(pair.x) - pair.before.value(pair.x0)) / beta;
            }
            return sum;
        };
    }

    /** The free and the nudged equilibrium of one column, each with its energy. */
    private record Pair(TermEnergy before, TermEnergy after, double[][] x0, double[][] x) {}

    private Pair pair(Parameters theta, double beta, int c, Matrix[] nudged, boolean near) {
        TermEnergy before = energy(theta, 0.0, c);
        TermEnergy after = energy(theta, beta, c);
        double[][] x0 = polished(before, c, free, near);
        double[][] x = nudged == null ? after.stationary(x0) : polished(after, c, nudged, near);
        return new Pair(before, after, x0, x);
    }

    private TermEnergy energy(Parameters theta, double beta, int column) {
        return new TermEnergy(network, theta, terms, noise, beta, aim(column));
    }

    private double[] aim(int column) {
        return target.columnValues(column);
    }

    /** The equilibrium near the state reached in one column; on request, required to be near it. */
    private double[][] polished(TermEnergy energy, int column, Matrix[] reached, boolean near) {
        double[][] given = given(energy.theta(), column, reached);
        double[][] found = energy.stationary(given);
        if (near && reached != null) {
            NotAnEquilibriumException.requireNear(column, found, given, farthest);
        }
        return found;
    }

    private double[][] given(Parameters theta, int column, Matrix[] reached) {
        double[][] x = new double[network.populations().size()][];
        Backprop forward = Backprop.of(network);
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                x[p.index()] = new Ends(network).part(p, input.columnValues(column));
            } else if (reached != null) {
                x[p.index()] = reached[p.index()].columnValues(column);
            } else {
                double[] a = forward.drive(theta, p, x);
                x[p.index()] = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    x[p.index()][i] = Elementwise.value(p.activation(), a[i]);
                }
            }
        }
        return x;
    }
}
