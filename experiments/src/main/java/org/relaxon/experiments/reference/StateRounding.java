package org.relaxon.experiments.reference;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The error of drives in a state that cells computed. A computed state is the exact one of a
 * network whose drives are moved by this much (backward error, Wilkinson 1963), so that its effect
 * on a gradient is found by moving biases.
 *
 * <p>States are by population, entry p of shape (n_p, B), the input's included.
 */
public final class StateRounding {
    /** Roundings of a sum beside those of its terms: of the activation and of the bias. */
    private static final int FURTHER = 2;

    private StateRounding() {}

    /**
     * {@return the rounding of drives, in units of rounding, by population: the root of the number
     * of roundings times the largest sum of magnitudes over the batch} The n roundings of a sum of
     * n products are each at most that sum, and independent ones add up like their squares (Higham
     * and Mary 2019).
     *
     * @param network graph
     * @param theta weights and biases in the shapes of the network
     * @param state activities by population, shape (n, B)
     * @param recurrent true if cells receive from above as well
     */
    public static double[][] ofDrives(
            Network network, Parameters theta, Matrix[] state, boolean recurrent) {
        double[][] out = new double[state.length][];
        for (Population p : network.populations()) {
            int terms = FURTHER;
            double[] most = new double[p.size()];
            out[p.index()] = most;
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            for (int c = 0; c < state[p.index()].columns(); c++) {
                double[] sum = new double[p.size()];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = Math.abs(theta.biases(p.index())[i]);
                }
                terms = FURTHER + addMagnitudes(network, theta, p, state, c, recurrent, sum);
                for (int i = 0; i < sum.length; i++) {
                    most[i] = Math.max(most[i], sum[i]);
                }
            }
            for (int i = 0; i < most.length; i++) {
                most[i] *= Math.sqrt(terms);
            }
        }
        return out;
    }

    /**
     * {@return the error of drives from changes that neighbours do not send, by population, in
     * units of the largest such change: the sum of the magnitudes of the weights}
     *
     * @param network graph
     * @param theta weights and biases in the shapes of the network
     * @param recurrent true if cells receive feedback of activities as well
     */
    public static double[][] ofSignals(Network network, Parameters theta, boolean recurrent) {
        Matrix[] ones = new Matrix[network.populations().size()];
        for (Population p : network.populations()) {
            double[] values = new double[p.size()];
            java.util.Arrays.fill(values, p.role() == Population.Role.INPUT ? 0.0 : 1.0);
            ones[p.index()] = Matrix.of(p.size(), 1, values);
        }
        double[][] out = new double[ones.length][];
        for (Population p : network.populations()) {
            out[p.index()] = new double[p.size()];
            addMagnitudes(network, theta, p, ones, 0, recurrent, out[p.index()]);
        }
        return out;
    }

    /** Adds sum |W| |x| onto each neuron; returns the number of terms. */
    private static int addMagnitudes(
            Network network,
            Parameters theta,
            Population p,
            Matrix[] x,
            int column,
            boolean recurrent,
            double[] into) {
        int terms = 0;
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            boolean up = e.post() == p.index();
            boolean down = recurrent && e.pre() == p.index();
            for (int i = 0; up && i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    into[i] += Math.abs(w[i][j] * x[e.pre()].get(j, column));
                }
            }
            for (int i = 0; down && i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    into[j] += Math.abs(w[i][j] * x[e.post()].get(i, column));
                }
            }
            terms += up ? w[0].length : 0;
            terms += down ? w.length : 0;
        }
        return terms;
    }

    /**
     * {@return the activities of the feedforward pass, by population, shape (n, B)}
     *
     * @param network graph and activations
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     */
    public static Matrix[] feedforward(Network network, Parameters theta, Matrix input) {
        Matrix[] out = new Matrix[network.populations().size()];
        for (Population p : network.populations()) {
            out[p.index()] = Matrix.zeros(p.size(), input.columns());
        }
        Backprop forward = Backprop.of(network);
        for (int c = 0; c < input.columns(); c++) {
            set(out, c, forward.forward(theta, input.columnValues(c)).x());
        }
        return out;
    }

    /**
     * {@return the activities of the free equilibrium with feedback gain 1, by population, shape
     * (n, B)}
     *
     * @param network graph and activations
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param near state to start from; null for zeros
     * @throws IllegalStateException if Newton's method does not converge
     */
    public static Matrix[] equilibrium(
            Network network, Parameters theta, Matrix input, Matrix[] near) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta, 1.0);
        Matrix[] out = new Matrix[network.populations().size()];
        for (Population p : network.populations()) {
            out[p.index()] = Matrix.zeros(p.size(), input.columns());
        }
        for (int c = 0; c < input.columns(); c++) {
            double[] x = input.columnValues(c);
            set(out, c, near == null ? at.free(x) : at.free(x, column(near, c)));
        }
        return out;
    }

    private static double[][] column(Matrix[] state, int c) {
        double[][] out = new double[state.length][];
        for (int p = 0; p < out.length; p++) {
            out[p] = state[p].columnValues(c);
        }
        return out;
    }

    private static void set(Matrix[] out, int column, double[][] x) {
        for (int p = 0; p < x.length; p++) {
            for (int i = 0; i < x[p].length; i++) {
                out[p].values()[i * out[p].columns() + column] = x[p][i];
            }
        }
    }
}
