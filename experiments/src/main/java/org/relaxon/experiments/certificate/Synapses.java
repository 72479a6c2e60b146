package org.relaxon.experiments.certificate;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Products with all weights of a network. Values are held by population: {@code x[p]} has the size
 * of population p, and null means that the population contributes nothing. Flat vectors hold the
 * free populations one after the other, shape (N).
 */
final class Synapses {
    private final Network network;
    private final Parameters theta;
    private final List<List<Projection>> into = new ArrayList<>();
    private final List<List<Projection>> outOf = new ArrayList<>();

    Synapses(Network network, Parameters theta) {
        this.network = network;
        this.theta = theta;
        for (Population p : network.populations()) {
            into.add(network.into(p.index()));
            outOf.add(network.outOf(p.index()));
        }
    }

    /** The same with |W| instead of W. */
    Synapses absolute() {
        Parameters magnitudes = theta.copy();
        for (Projection e : network.projections()) {
            for (double[] row : magnitudes.weights(e.index())) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = Math.abs(row[j]);
                }
            }
        }
        return new Synapses(network, magnitudes);
    }

    /** A copy with other weights into the output. */
    Synapses withOutput(java.util.function.UnaryOperator<double[][]> weights) {
        Parameters changed = theta.copy();
        for (Projection e : into.get(network.output().index())) {
            double[][] w = weights.apply(theta.weights(e.index()));
            for (int i = 0; i < w.length; i++) {
                changed.weights(e.index())[i] = w[i];
            }
        }
        return new Synapses(network, changed);
    }

    Network network() {
        return network;
    }

    double[][] weights(Projection e) {
        return theta.weights(e.index());
    }

    double[] biases(int p) {
        return theta.biases(p);
    }

    /** Sum of W x_pre over the projections into p. */
    double[] drive(int p, double[][] x) {
        double[] out = new double[network.population(p).size()];
        for (Projection e : into.get(p)) {
            double[] pre = x[e.pre()];
            if (pre == null) {
                continue;
            }
            double[][] w = theta.weights(e.index());
            Effort.spend((long) out.length * pre.length);
            for (int i = 0; i < out.length; i++) {
                for (int j = 0; j < pre.length; j++) {
                    out[i] += w[i][j] * pre[j];
                }
            }
        }
        return out;
    }

    /** Sum of W^T v_post over the projections out of p. */
    double[] feedback(int p, double[][] v) {
        double[] out = new double[network.population(p).size()];
        for (Projection e : outOf.get(p)) {
            double[] post = v[e.post()];
            if (post == null) {
                continue;
            }
            double[][] w = theta.weights(e.index());
            Effort.spend((long) out.length * post.length);
            for (int i = 0; i < post.length; i++) {
                for (int j = 0; j < out.length; j++) {
                    out[j] += w[i][j] * post[i];
                }
            }
        }
        return out;
    }

    /** Drive plus {@code gamma} times the feedback of one neuron, without its bias. */
    double field(int p, int neuron, double gamma, double[][] x) {
        double sum = 0.0;
        for (Projection e : into.get(p)) {
            double[] row = theta.weights(e.index())[neuron];
            for (int j = 0; j < row.length; j++) {
                sum += row[j] * x[e.pre()][j];
            }
        }
        for (Projection e : outOf.get(p)) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                sum += gamma * w[i][neuron] * x[e.post()][i];
            }
        }
        return sum;
    }

    /** Whether neurons of a population project to each other. */
    boolean isLateral(int p) {
        return into.get(p).stream().anyMatch(Projection::isLateral);
    }

    boolean isFree(int p) {
        return network.population(p).role() != Population.Role.INPUT;
    }

    boolean isOutput(int p) {
        return network.population(p).role() == Population.Role.OUTPUT;
    }

    int populations() {
        return network.populations().size();
    }

    /** N, the number of neurons that are not clamped. */
    int freeNeurons() {
        int n = 0;
        for (Population p : network.populations()) {
            n += isFree(p.index()) ? p.size() : 0;
        }
        return n;
    }

    /** A flat vector by population, from an offset on; null for the clamped population. */
    double[][] split(double[] flat, int offset) {
        double[][] out = new double[populations()][];
        int at = offset;
        for (Population p : network.populations()) {
            if (isFree(p.index())) {
                out[p.index()] = java.util.Arrays.copyOfRange(flat, at, at + p.size());
                at += p.size();
            }
        }
        return out;
    }

    /** The opposite of {@link #split}. */
    void join(double[][] x, double[] flat, int offset) {
        int at = offset;
        for (int p = 0; p < x.length; p++) {
            if (isFree(p)) {
                System.arraycopy(x[p], 0, flat, at, x[p].length);
                at += x[p].length;
            }
        }
    }
}
