package org.relaxon.experiments.reference;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * The estimates of contrastive algorithms on Hopfield-type networks at a finite nudge when every
 * phase is at its exact equilibrium: the bias of an estimator without the error of its settling.
 * All have the sign of dLoss/dtheta and are summed over the batch.
 *
 * <p>A nudged phase is solved for its distance d from the free state, which keeps d's relative
 * accuracy: there is no floor eps / beta. The nudged equilibrium is the one that sweeps and Newton
 * reach from the free one.
 *
 * <p>Every method takes input (n_0, B), target (n_L, B) and the free states reached by population,
 * (n, B), the input's entry not read. It throws {@link IllegalArgumentException} naming column and
 * distance if an equilibrium is further than 1e-6 from the state reached, naming a matrix that does
 * not fit, or for a beta or gamma that is 0 or not finite; {@link IllegalStateException} if a phase
 * has no equilibrium that Newton finds.
 */
public final class FiniteNudge {
    private FiniteNudge() {}

    /** The distance of a second phase from the free one. */
    @FunctionalInterface
    private interface SecondPhase {
        double[][] from(HopfieldEquilibrium equilibrium, double[][] free, double[] target);
    }

    /**
     * Equilibrium propagation, -(1/beta) [(s s^T) nudged - (s s^T) free] (Scellier and Bengio
     * 2017). The result is summed over the batch.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's is not read
     * @param beta signed nudging strength
     * @return the estimate stated as dLoss/dtheta
     */
    public static Parameters equilibriumPropagation(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double beta) {
        requireUsable("beta", beta);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates states = ReachedStates.of(network, theta, 1.0, input, target, reached);
        add(states, (q, free, t) -> q.nudge(free, t, beta), -1.0 / beta, sum);
        return sum.parameters();
    }

    /**
     * {@return the mean of equilibrium propagation at beta and -beta (Laborieux et al. 2021)}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's is not read
     * @param beta nudging strength, finite and not 0
     */
    public static Parameters equilibriumPropagationCentred(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double beta) {
        requireUsable("beta", beta);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates states = ReachedStates.of(network, theta, 1.0, input, target, reached);
        add(states, (q, free, t) -> q.nudge(free, t, beta), -0.5 / beta, sum);
        add(states, (q, free, t) -> q.nudge(free, t, -beta), 0.5 / beta, sum);
        return sum.parameters();
    }

    /**
     * Coupled learning, -(1/beta) [(s s^T) displaced - (s s^T) free] (Stern, Hexner, Rocks and Liu
     * 2021), the output displaced by -beta dLoss/ds.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's is not read
     * @param beta signed
     * @return the estimate stated as dLoss/dtheta, summed over the batch
     */
    public static Parameters coupledLearning(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double beta) {
        requireUsable("beta", beta);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates states = ReachedStates.of(network, theta, 1.0, input, target, reached);
        add(states, (q, free, t) -> q.displacement(free, t, beta), -1.0 / beta, sum);
        return sum.parameters();
    }

    /**
     * {@return the mean of coupled learning at beta and -beta}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's is not read
     * @param beta displacement of the output, finite and not 0
     */
    public static Parameters coupledLearningCentred(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double beta) {
        requireUsable("beta", beta);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates states = ReachedStates.of(network, theta, 1.0, input, target, reached);
        add(states, (q, free, t) -> q.displacement(free, t, beta), -0.5 / beta, sum);
        add(states, (q, free, t) -> q.displacement(free, t, -beta), 0.5 / beta, sum);
        return sum.parameters();
    }

    /**
     * Contrastive Hebbian learning, -gamma^(k - L) [(s s^T) clamped - (s s^T) free] for a
     * projection whose postsynaptic population has depth k (Xie and Seung 2003; gamma = 1: Movellan
     * 1991). The output is displaced by -dLoss/ds, for the squared loss clamped at the target. As
     * gamma goes to 0 it tends to {@link Backprop} if the output is linear.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached the free states at this gamma
     * @param gamma feedback gain, may be negative
     * @return the estimate stated as dLoss/dtheta, summed over the batch
     */
    public static Parameters contrastiveHebbian(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double gamma) {
        return contrastiveHebbian(network, theta, input, target, reached, gamma, 1.0);
    }

    /**
     * Contrastive Hebbian learning at a multiple of gamma, whose free states are the ones that
     * Newton reaches from those at gamma.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached the free states at gamma
     * @param gamma feedback gain, may be negative
     * @param multiple factor of gamma
     * @return the estimate stated as dLoss/dtheta, summed over the batch
     */
    public static Parameters contrastiveHebbian(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double gamma,
            double multiple) {
        requireUsable("gamma", gamma * multiple);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates at = ReachedStates.of(network, theta, gamma, input, target, reached);
        ReachedStates states = multiple == 1.0 ? at : at.followedTo(gamma * multiple);
        add(states, (q, free, t) -> q.displacement(free, t, 1.0), -1.0, sum);
        return sum.parameters();
    }

    /**
     * {@return the mean of contrastive Hebbian learning at gamma and -gamma} The free states at
     * -gamma are the ones that Newton reaches from those at gamma.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached the free states at gamma
     * @param gamma feedback gain, finite and not 0
     */
    public static Parameters contrastiveHebbianCentred(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double gamma) {
        requireUsable("gamma", gamma);
        HebbianContrast sum = new HebbianContrast(network);
        ReachedStates states = ReachedStates.of(network, theta, gamma, input, target, reached);
        ReachedStates opposite = states.followedTo(-gamma);
        add(states, (q, free, t) -> q.displacement(free, t, 1.0), -0.5, sum);
        add(opposite, (q, free, t) -> q.displacement(free, t, 1.0), -0.5, sum);
        return sum.parameters();
    }

    /**
     * {@return the equilibria near free states that were reached coarsely, by population, shape (n,
     * B)}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param gamma feedback gain of the free phase
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's is not read
     * @param farthest largest distance of one neuron from its equilibrium
     */
    public static Matrix[] polished(
            Network network,
            Parameters theta,
            double gamma,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double farthest) {
        boolean fine = farthest <= NotAnEquilibriumException.FARTHEST;
        return fine // each estimate polishes them
                ? reached
                : ReachedStates.of(network, theta, gamma, input, target, reached)
                        .within(farthest)
                        .followedTo(gamma)
                        .reached();
    }

    /** Adds the contrast of every column, times {@code factor} and the energy's weight. */
    private static void add(
            ReachedStates states, SecondPhase second, double factor, HebbianContrast sum) {
        HopfieldEquilibrium equilibrium = states.equilibrium();
        for (int c = 0; c < states.columns(); c++) {
            double[][] free = states.polished(c);
            double[][] d = second.from(equilibrium, free, states.target(c));
            sum.add(free, d, p -> factor * equilibrium.coupling().weight(p));
        }
    }

    private static void requireUsable(String name, double value) {
        if (!(value != 0.0 && Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: need a finite number other than 0, got %s".formatted(name, value));
        }
    }
}
