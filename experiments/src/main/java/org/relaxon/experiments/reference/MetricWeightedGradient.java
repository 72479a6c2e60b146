package org.relaxon.experiments.reference;

import java.util.Arrays;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The limit of coupled learning (Stern, Hexner, Rocks and Liu 2021) on a Hopfield-type network as
 * beta goes to 0: the implicit gradient with the output error g replaced by V g, where V is the
 * energy's curvature at the output after minimisation over the hidden neurons. In general it is not
 * the gradient of the loss, and therefore has its own reference.
 *
 * <p>The output is displaced by p_o = -dLoss/ds_o (for the squared loss T - s_o) per beta, and the
 * hidden neurons follow by p_h = (1 - D_h W_hh)^-1 D_h W_ho p_o; then, as for the implicit
 * gradient, dL/dW = -(p_post s_pre^T + s_post p_pre^T) and dL/db = -p. No slope of the output
 * enters.
 */
public final class MetricWeightedGradient {
    private MetricWeightedGradient() {}

    /**
     * Computes the reference at the equilibria that were reached.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @return loss and reference, summed over the batch, and the output at the equilibria
     * @throws IllegalArgumentException naming column and distance if an equilibrium is further than
     *     1e-6 from the state reached, or a matrix that does not fit
     * @throws IllegalStateException if Newton does not converge or an equilibrium is degenerate
     */
    public static ReferenceGradient of(
            Network network, Parameters theta, Matrix input, Matrix target, Matrix[] reached) {
        return of(network, theta, input, target, reached, NotAnEquilibriumException.FARTHEST);
    }

    /**
     * Computes the reference at equilibria that were reached coarsely, as beyond a large threshold.
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @param farthest largest distance in one neuron to the equilibrium, instead of 1e-6
     * @return loss and reference, summed over the batch, and the output at the equilibria
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

    /** The change of every population per unit of displacement, p. */
    private static double[][] response(HopfieldEquilibrium at, double[][] s, double[] g) {
        HopfieldCoupling coupling = at.coupling();
        boolean[] hidden = coupling.hidden();
        double[][] slope = at.slope(s);
        double[][] p = new double[hidden.length][]; // null contributes nothing
        for (Population top : coupling.network().outputs()) {
            double[] own = new Ends(coupling.network()).part(top, g).clone();
            for (int i = 0; i < own.length; i++) {
                own[i] = -own[i];
            }
            p[top.index()] = own;
        }
        int[] offset = coupling.offsets(hidden);
        double[] right = new double[offset[hidden.length]];
        for (Population population : coupling.network().populations()) {
            int k = population.index();
            double[] heard = hidden[k] ? coupling.heard(k, p) : new double[0];
            for (int i = 0; i < heard.length; i++) {
                right[offset[k] + i] = slope[k][i] * heard[i];
            }
        }
        LinearSystem system = new LinearSystem(coupling.oneMinusSlopeTimesWeights(slope, hidden));
        double[] flat = system.solve(right);
        for (int k = 0; k < hidden.length; k++) {
            if (hidden[k]) {
                p[k] = Arrays.copyOfRange(flat, offset[k], offset[k + 1]);
            }
        }
        return p;
    }
}
