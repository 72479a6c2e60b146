package org.relaxon.experiments.reference;

import java.util.Arrays;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The gradient of the loss at a free equilibrium of a Hopfield-type network, dLoss(s_L(theta), T) /
 * dtheta, by the implicit function theorem (Almeida 1987; Pineda 1987): the limit of equilibrium
 * propagation as beta goes to 0. It is not the backprop gradient of the feedforward net.
 *
 * <p>With D = diag f' at the equilibrium, W the symmetric matrix of all weights among free neurons
 * and g = dLoss/ds at the output, 0 elsewhere: (1 - D W) p = -D g, then dL/dW = -(p_post s_pre^T +
 * s_post p_pre^T) with p of the input 0, and dL/db = -p. This form does not divide by a slope, so
 * that dead neurons need no exception; at a kink it uses the slope of the flat side.
 */
public final class ImplicitGradient {
    private ImplicitGradient() {}

    /**
     * Computes the gradient at the equilibria that were reached.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @return loss and gradient, loss summed over the batch, and the output at the equilibria
     * @throws IllegalArgumentException naming column and distance if an equilibrium is further than
     *     1e-6 from the state reached, or a matrix that does not fit
     * @throws IllegalStateException if Newton does not converge or an equilibrium is degenerate
     */
    public static ReferenceGradient of(
            Network network, Parameters theta, Matrix input, Matrix target, Matrix[] reached) {
        return of(network, theta, input, target, reached, NotAnEquilibriumException.FARTHEST);
    }

    /**
     * Computes the gradient at equilibria that were reached coarsely, as beyond a large threshold.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @param farthest largest distance in one neuron to the equilibrium, instead of 1e-6
     * @return loss and gradient, loss summed over the batch, and the output at the equilibria
     */
    public static ReferenceGradient of(
            Network network,
            Parameters theta,
            Matrix input,
            Matrix target,
            Matrix[] reached,
            double farthest) {
        ReachedStates states =
                ReachedStates.of(network, theta, 1.0, input, target, reached).within(farthest);
        return states.gradient((s, g) -> response(states.equilibrium(), s, g));
    }

    /** p = ds/dbeta at beta = 0, by population. */
    private static double[][] response(HopfieldEquilibrium at, double[][] s, double[] g) {
        HopfieldCoupling coupling = at.coupling();
        boolean[] free = coupling.allFree();
        double[][] slope = at.slope(s);
        int[] offset = coupling.offsets(free);
        Ends ends = new Ends(coupling.network());
        double[] right = new double[offset[free.length]];
        for (Population output : coupling.network().outputs()) {
            int top = output.index();
            double[] own = ends.part(output, g);
            for (int i = 0; i < own.length; i++) {
                right[offset[top] + i] = -slope[top][i] * own[i];
            }
        }
        LinearSystem system = new LinearSystem(coupling.oneMinusSlopeTimesWeights(slope, free));
        double[] flat = system.solve(right);
        double[][] p = new double[free.length][];
        for (Population population : coupling.network().populations()) {
            int k = population.index();
            p[k] = Arrays.copyOfRange(flat, offset[k], offset[k + 1]);
        }
        return p;
    }
}
