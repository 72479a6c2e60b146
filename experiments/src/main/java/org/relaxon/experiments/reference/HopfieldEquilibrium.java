package org.relaxon.experiments.reference;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * Equilibria of a Hopfield-type network for one example, to round-off, by Newton's method on all
 * free neurons at once. It shares no arithmetic with cells, kernels or activations of the model.
 *
 * <p>The energy is I = sum over populations of gamma^(depth - L) [sum G(s) - s^T (W s_pre + b)]
 * with G' = f^-1 (Hopfield 1984; gamma: Xie and Seung 2003; gamma = 1: Scellier and Bengio 2017).
 * Its stationary points are s = f(W s_pre + b + gamma W_up^T s_up). Nudged, the output is s_L =
 * f(a_L - beta dLoss/ds_L(s_L)); clamped or displaced, it is given.
 *
 * <p>States are arrays by population, entry p of shape (n_p), the input's included. Every method
 * throws {@link IllegalStateException} with the residual if Newton does not converge, also for NaN.
 * The result is a stationary point near the start, not always a minimum.
 */
public final class HopfieldEquilibrium {
    private final HopfieldCoupling coupling;
    private final Network network;

    private HopfieldEquilibrium(HopfieldCoupling coupling) {
        this.coupling = coupling;
        this.network = coupling.network();
    }

    /**
     * {@return the solver for networks with this graph, activations and loss}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param gamma feedback gain, finite, may be negative; 1 for an ordinary Hopfield network
     */
    public static HopfieldEquilibrium of(Network network, Parameters theta, double gamma) {
        return new HopfieldEquilibrium(new HopfieldCoupling(network, theta, gamma));
    }

    HopfieldCoupling coupling() {
        return coupling;
    }

    /**
     * {@return the free state reached from zeros by sweeps up and down the populations, then
     * Newton}
     *
     * @param input n_0 activities
     */
    public double[][] free(double[] input) {
        HopfieldBalance balance = plain(0.0, null, coupling.allFree());
        return balance.solve(balance.swept(ends().withInput(zeros(), input)));
    }

    /**
     * {@return the free state near {@code start}}
     *
     * @param input n_0 activities
     * @param start by population; the input's is not read
     */
    public double[][] free(double[] input, double[][] start) {
        return plain(0.0, null, coupling.allFree()).solve(ends().withInput(start, input));
    }

    /**
     * {@return the nudged state near {@code start}}
     *
     * @param input n_0 activities
     * @param target n_L numbers
     * @param beta nudging strength, may be negative
     * @param start by population; the input's is not read
     */
    public double[][] nudged(double[] input, double[] target, double beta, double[][] start) {
        return plain(beta, target, coupling.allFree()).solve(ends().withInput(start, input));
    }

    /**
     * {@return the state near {@code start} whose output is held at {@code output}}
     *
     * @param input n_0 activities
     * @param output n_L activities
     * @param start by population; the input's and the output's are not read
     */
    public double[][] clamped(double[] input, double[] output, double[][] start) {
        double[][] given = ends().withInput(start, input);
        return plain(0.0, null, coupling.hidden()).solve(ends().withOutput(given, output));
    }

    /**
     * {@return the nudged state minus the free state, with the relative accuracy of the difference}
     *
     * @param free a free equilibrium
     * @param target n_L numbers
     * @param beta nudging strength, may be negative
     */
    public double[][] nudge(double[][] free, double[] target, double beta) {
        return difference(free, target, beta, coupling.allFree(), zeros());
    }

    /** The same near {@code start}, a difference from the free state. */
    double[][] nudge(double[][] free, double[] target, double beta, double[][] start) {
        return near(free, target, beta, coupling.allFree(), withoutInput(start));
    }

    /**
     * The state with the output held at {@code output} minus the free state, with the relative
     * accuracy of the difference, near {@code start}.
     */
    double[][] hold(double[][] free, double[] output, double[][] start) {
        double[] moved = output.clone();
        double[] before = ends().outputs(free);
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= before[i];
        }
        double[][] given = ends().withOutput(withoutInput(start), moved);
        return near(free, null, 0.0, coupling.hidden(), given);
    }

    /**
     * {@return the displaced state minus the free state, with the relative accuracy of the
     * difference} The output is held at s_L - beta dLoss/ds_L(s_L) of the free state. For the
     * squared loss beta = 1 holds it at the target.
     *
     * @param free a free equilibrium
     * @param target n_L numbers
     * @param beta may be negative
     */
    public double[][] displacement(double[][] free, double[] target, double beta) {
        double[] held = ends().error(ends().outputs(free), target);
        for (int i = 0; i < held.length; i++) {
            held[i] *= -beta;
        }
        return difference(free, null, 0.0, coupling.hidden(), ends().withOutput(zeros(), held));
    }

    /**
     * {@return the argument of f at a state, by population: W s_pre + b + feedback; null for the
     * input}
     *
     * @param state by population
     */
    public double[][] drive(double[][] state) {
        double[][] h = new double[state.length][];
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                h[p.index()] = coupling.heard(p.index(), state);
                double[] bias = coupling.theta().biases(p.index());
                for (int i = 0; i < bias.length; i++) {
                    h[p.index()][i] += bias[i];
                }
            }
        }
        return h;
    }

    /** f' at {@code state}, by population; null for the input. */
    double[][] slope(double[][] state) {
        double[][] slope = drive(state);
        for (Population p : network.populations()) {
            double[] own = slope[p.index()];
            for (int i = 0; own != null && i < own.length; i++) {
                own[i] = Elementwise.slope(p.activation(), own[i]);
            }
        }
        return slope;
    }

    private double[][] difference(
            double[][] free, double[] target, double beta, boolean[] solved, double[][] start) {
        HopfieldBalance balance = balance(free, target, beta, solved);
        return balance.refined(balance.solve(balance.swept(start)));
    }

    /** The same by Newton's method only, unless that fails. */
    private double[][] near(
            double[][] free, double[] target, double beta, boolean[] solved, double[][] start) {
        HopfieldBalance balance = balance(free, target, beta, solved);
        return balance.refined(balance.solve(start));
    }

    private HopfieldBalance balance(
            double[][] free, double[] target, double beta, boolean[] solved) {
        return new HopfieldBalance(coupling, free, drive(free), beta, target, solved);
    }

    private HopfieldBalance plain(double beta, double[] target, boolean[] solved) {
        double[][] bias = new double[network.populations().size()][];
        for (Population p : network.populations()) {
            boolean clamped = p.role() == Population.Role.INPUT;
            bias[p.index()] = clamped ? null : coupling.theta().biases(p.index());
        }
        return new HopfieldBalance(coupling, null, bias, beta, target, solved);
    }

    private double[][] zeros() {
        double[][] zeros = new double[network.populations().size()][];
        for (Population p : network.populations()) {
            zeros[p.index()] = new double[p.size()];
        }
        return zeros;
    }

    /** A difference in which no input moves. */
    private double[][] withoutInput(double[][] difference) {
        return ends().withInput(difference, new double[network.inputSize()]);
    }

    private Ends ends() {
        return new Ends(network);
    }
}
