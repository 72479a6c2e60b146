package org.relaxon.experiments.reference;

import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.rule.StatedEnergy.Pair;

/**
 * The fixed point of dual propagation (Høier, Staudt and Zach 2023; Høier and Zach 2024) at finite
 * beta, for squared loss and linear output, by sweeps up and down the network. With mean m and
 * difference D of a neuron's two states, a = b + sum W m_pre, u = sum W^T D_post, and the weight w
 * and the shares g and k = 1 - g of a {@link Pair},
 *
 * <ul>
 *   <li>hidden: m = w f(a + g u) + (1 - w) f(a - k u), D = f(a + g u) - f(a - k u);
 *   <li>output: m and D the same of (a + g beta T) / (1 + g beta) and (a - k beta T) / (1 - k
 *       beta);
 *   <li>estimate: -(1/beta) D m_pre^T, an error of order beta^2 against backprop if w = g = 1/2,
 *       and of order beta otherwise.
 * </ul>
 *
 * <p>Only the distances of both states from f(a) are computed, by increments that do not cancel, so
 * D keeps its relative accuracy at any beta and in any layer. Sweeps end when changes are at the
 * level of rounding: of a mean relative to the largest activity, and of a difference relative to
 * those of its own population.
 */
public final class DualPropagationNudge {
    private static final int SWEEPS_MAX = 10_000;

    /** Relative changes that may be round-off, per population that they have passed through. */
    private static final double ROUND_OFF = 1e-14;

    private final Network network;
    private final Parameters theta;
    private final double beta;
    private final Pair pair;
    private final double[][] m;
    private final double[][] d;
    private final double[][] a;
    private double size; // of the largest term, before the sweep

    private DualPropagationNudge(Network network, Parameters theta, double beta, Pair pair) {
        int count = network.populations().size();
        this.pair = pair;
        this.network = network;
        this.theta = theta;
        this.beta = beta;
        this.m = new double[count][];
        this.d = new double[count][];
        this.a = new double[count][];
    }

    /**
     * {@return the estimate with a symmetric nudge, summed over the batch}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param beta nudging strength, above 0 and below 2
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the loss, activation, beta or shape that does not fit
     * @throws IllegalStateException if the sweeps do not come to rest
     */
    public static Parameters estimate(
            Network network, Parameters theta, double beta, Matrix input, Matrix target) {
        return estimate(network, theta, beta, Pair.EVEN, input, target);
    }

    /**
     * {@return the estimate, summed over the batch}
     *
     * @param network graph, activations and loss
     * @param theta weights and biases in the shapes of the network
     * @param beta nudging strength, above 0 and below 1 / (1 - g)
     * @param pair how the two states part
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the loss, activation, beta or shape that does not fit
     * @throws IllegalStateException if the sweeps do not come to rest
     */
    public static Parameters estimate(
            Network network,
            Parameters theta,
            double beta,
            Pair pair,
            Matrix input,
            Matrix target) {
        if (network.loss() != StandardLoss.SQUARED) {
            throw new IllegalArgumentException(
                    "dual propagation: needs the squared loss, got " + network.loss().optionName());
        }
        for (Population output : network.outputs()) {
            if (output.activation() != StandardActivation.LINEAR) {
                throw new IllegalArgumentException(
                        "dual propagation: needs a linear output, got "
                                + output.activation().optionName());
            }
        }
        if (!(beta > 0.0 && pair.accepts(beta))) {
            double most = 1.0 / (1.0 - pair.up()); // infinite if s+ alone moves
            throw new IllegalArgumentException(
                    "beta: need a number between 0 and %s, got %s"
                            .formatted(most == 2.0 ? "2" : most, beta));
        }
        Backprop.requireBatch(network, input, target);
        Parameters sum = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            DualPropagationNudge one = new DualPropagationNudge(network, theta, beta, pair);
            one.settle(input.columnValues(c), target.columnValues(c));
            one.addTo(sum);
        }
        return sum;
    }

    private void settle(double[] input, double[] target) {
        for (Population p : network.populations()) {
            boolean clamped = p.role() == Population.Role.INPUT;
            m[p.index()] = clamped ? new Ends(network).part(p, input) : new double[p.size()];
            d[p.index()] = new double[p.size()];
        }
        double before = Double.POSITIVE_INFINITY;
        double rounding = ROUND_OFF * m.length;
        for (int k = 0; k < SWEEPS_MAX; k++) {
            size = largest();
            double change = up(target);
            change = Math.max(change, down());
            if (change == 0.0 || change <= rounding && change >= before / 2) {
                return;
            }
            before = change;
        }
        throw new IllegalStateException(
                "dual propagation: still changes by %s after %d sweeps"
                        .formatted(before, SWEEPS_MAX));
    }

    /** One sweep from input to output; returns the largest relative change. */
    private double up(double[] target) {
        double change = 0.0;
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            int k = p.index();
            a[k] = theta.biases(k).clone();
            for (Projection e : network.into(k)) {
                double[][] w = theta.weights(e.index());
                Effort.spend((long) p.size() * m[e.pre()].length);
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        a[k][i] += w[i][j] * m[e.pre()][j];
                    }
                }
            }
            change = Math.max(change, set(p, target));
        }
        return change;
    }

    /**
     * One sweep over the hidden populations from the output down; returns the largest relative
     * change.
     */
    private double down() {
        double change = 0.0;
        for (int k = m.length - 1; k >= 0; k--) {
            Population p = network.population(k);
            if (p.role() == Population.Role.HIDDEN) {
                change = Math.max(change, set(p, null));
            }
        }
        return change;
    }

    /**
     * Mean and difference of a population from its drive and feedback; the target of an output
     * only. Returns the largest relative change.
     */
    private double set(Population p, double[] target) {
        int k = p.index();
        double[] u = feedback(p);
        double plus = pair.up();
        double minus = 1.0 - plus;
        double[] aim = new Ends(network).part(p, target);
        double ofMeans = 0.0;
        double ofDifferences = 0.0;
        double largest = 0.0;
        for (int i = 0; i < u.length; i++) {
            double mu = Elementwise.value(p.activation(), a[k][i]);
            double above;
            double below;
            if (p.role() == Population.Role.OUTPUT) {
                above = plus * beta * (aim[i] - mu) / (1 + plus * beta);
                below = -minus * beta * (aim[i] - mu) / (1 - minus * beta);
            } else {
                above = Elementwise.increment(p.activation(), a[k][i], plus * u[i]);
                below = Elementwise.increment(p.activation(), a[k][i], -minus * u[i]);
            }
            double mean = mu + (pair.weight() * above + (1 - pair.weight()) * below);
            double difference = above - below;
            ofMeans = Math.max(ofMeans, Math.abs(mean - m[k][i]));
            ofDifferences = Math.max(ofDifferences, Math.abs(difference - d[k][i]));
            largest = Math.max(largest, Math.max(Math.abs(difference), Math.abs(d[k][i])));
            m[k][i] = mean;
            d[k][i] = difference;
        }
        return Math.max(ofMeans / size, ofDifferences == 0.0 ? 0.0 : ofDifferences / largest);
    }

    private double[] feedback(Population p) {
        double[] h = new double[p.size()];
        for (Projection e : network.outOf(p.index())) {
            double[][] w = theta.weights(e.index());
            Effort.spend((long) w.length * h.length);
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < h.length; j++) {
                    h[j] += w[i][j] * d[e.post()][i];
                }
            }
        }
        return h;
    }

    /** The largest activity or term of a drive, or 1. */
    private double largest() {
        double largest = 1.0;
        for (Population p : network.populations()) {
            for (double value : m[p.index()]) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (Projection e : network.into(p.index())) {
                for (double[] row : theta.weights(e.index())) {
                    for (int j = 0; j < row.length; j++) {
                        largest = Math.max(largest, Math.abs(row[j] * m[e.pre()][j]));
                    }
                }
            }
        }
        return largest;
    }

    private void addTo(Parameters sum) {
        for (Projection e : network.projections()) {
            double[][] w = sum.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    w[i][j] -= d[e.post()][i] * m[e.pre()][j] / beta;
                }
            }
        }
        for (Population p : network.populations()) {
            double[] b = sum.biases(p.index());
            for (int i = 0; i < b.length; i++) {
                b[i] -= d[p.index()][i] / beta;
            }
        }
    }
}
