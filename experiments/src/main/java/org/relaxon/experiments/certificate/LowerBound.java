package org.relaxon.experiments.certificate;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Whether sum_l D_l - beta L has a lower bound, so that an energy that never rises converges. Every
 * divergence D of the standard activations is at least |e|^2 / 2. Errors move the output by no more
 * than sum_p P_p |e_p| with P_p the product of |W| sup f' over all paths from p to the output,
 * hence by G |e| with G^2 = sum_p P_p^2, and the squared loss there is at most (c + G |e|)^2 / 2:
 * the energy is bounded where beta G^2 &lt; 1. Cross-entropy grows no faster than its argument, so
 * with it the energy is always bounded. The condition is sufficient, not necessary.
 */
final class LowerBound {
    private LowerBound() {}

    /**
     * {@return true if the energy is known to have a lower bound}
     *
     * @param network of standard activations, populations in order of the graph
     * @param theta weights and biases in the shapes of the network
     * @param beta how strongly the output is pushed away from its target, at least 0
     */
    public static boolean isKnown(Network network, Parameters theta, double beta) {
        if (network.loss() == StandardLoss.CROSS_ENTROPY) {
            return true;
        }
        double[] reach = new double[network.populations().size()];
        double sum = 0.0;
        for (int p = reach.length - 1; p >= 0; p--) {
            Population here = network.population(p);
            reach[p] = here.role() == Population.Role.OUTPUT ? 1.0 : 0.0;
            for (Projection e : network.outOf(p)) {
                double steepest = slope(network.population(e.post()));
                reach[p] += steepest * norm(theta.weights(e.index())) * reach[e.post()];
            }
            sum += here.role() == Population.Role.INPUT ? 0.0 : reach[p] * reach[p];
        }
        return beta * sum < 1.0;
    }

    /** At least the largest singular value. */
    private static double norm(double[][] w) {
        double squares = 0.0;
        double rows = 0.0;
        double[] columns = new double[w[0].length];
        for (double[] row : w) {
            double sum = 0.0;
            for (int j = 0; j < row.length; j++) {
                squares += row[j] * row[j];
                sum += Math.abs(row[j]);
                columns[j] += Math.abs(row[j]);
            }
            rows = Math.max(rows, sum);
        }
        double most = java.util.Arrays.stream(columns).max().orElse(0.0);
        return Math.min(Math.sqrt(squares), Math.sqrt(rows * most));
    }

    private static double slope(Population p) {
        return switch ((StandardActivation) p.activation()) {
            case TANH, LINEAR, RELU, SOFTPLUS -> 1.0;
            case SIGMOID -> 0.25;
            case HARD_SIGMOID -> 0.5;
        };
    }
}
