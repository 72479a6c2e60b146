package org.relaxon.experiments.reference;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The linear part of a Hopfield-type network: the input of every population from the others. A
 * projection of weights W feeds W s_pre forward and gain W^T s_post back.
 *
 * <p>The energy weights population p by gamma^(depth p - L), so the gain of a projection is
 * gamma^(depth post - depth pre): gamma between neighbouring layers (Xie and Seung 2003), less
 * along a projection that skips some. States are arrays by population, entry p of shape (n_p); a
 * null entry contributes nothing.
 */
final class HopfieldCoupling {
    private final Network network;
    private final Parameters theta;
    private final double gamma;
    private final int[] depth;

    HopfieldCoupling(Network network, Parameters theta, double gamma) {
        if (!Double.isFinite(gamma)) {
            throw new IllegalArgumentException("gamma: need a finite number, got " + gamma);
        }
        this.network = network;
        this.theta = theta;
        this.gamma = gamma;
        this.depth = new int[network.populations().size()];
        for (Population p : network.populations()) { // each after those that lead to it
            for (Projection e : network.into(p.index())) {
                if (e.leadsOnwards()) {
                    depth[p.index()] = Math.max(depth[p.index()], depth[e.pre()] + 1);
                }
            }
        }
        if (gamma != 1.0) {
            network.requireAcyclic("gamma"); // the depths of two populations of a cycle differ
        }
    }

    Network network() {
        return network;
    }

    /** Size of the terms of dLoss/ds at one output with its own activity and target. */
    double sizeOfLoss(double[] s, double[] target) {
        return new OutputLoss(network.loss()).size(s, target);
    }

    double gamma() {
        return gamma;
    }

    Parameters theta() {
        return theta;
    }

    /** gamma^(depth of the population - depth of the outputs). */
    double weight(int population) {
        int last = network.outputs().stream().mapToInt(p -> depth[p.index()]).max().orElse(0);
        return StrictMath.pow(gamma, depth[population] - last);
    }

    /** The input of a population from {@code s}, biases not included, shape (n). */
    double[] heard(int population, double[][] s) {
        double[] h = new double[network.population(population).size()];
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            if (e.post() == population && s[e.pre()] != null) {
                addForward(w, s[e.pre()], h);
            }
            if (e.pre() == population && s[e.post()] != null) { // of a lateral one, both
                addBack(w, s[e.post()], gain(e), h);
            }
        }
        return h;
    }

    /** {@link #heard} by one neuron alone. */
    double heard(int population, int neuron, double[][] s) {
        double h = 0.0;
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int j = 0; e.post() == population && j < s[e.pre()].length; j++) {
                h += w[neuron][j] * s[e.pre()][j];
            }
            for (int i = 0; e.pre() == population && i < s[e.post()].length; i++) {
                h += gain(e) * w[i][neuron] * s[e.post()][i];
            }
        }
        return h;
    }

    /** The part of {@link #heard} that is the drive, W s_pre. */
    double[] drive(int population, double[][] s) {
        double[] h = new double[network.population(population).size()];
        for (Projection e : network.projections()) {
            if (e.post() == population) {
                addForward(theta.weights(e.index()), s[e.pre()], h);
            }
        }
        return h;
    }

    /** The sum of the magnitudes of the terms of {@link #heard}, shape (n). */
    double[] terms(int population, double[][] s) {
        double[] h = new double[network.population(population).size()];
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            if (e.post() == population && s[e.pre()] != null) {
                for (int i = 0; i < h.length; i++) {
                    for (int j = 0; j < s[e.pre()].length; j++) {
                        h[i] += Math.abs(w[i][j] * s[e.pre()][j]);
                    }
                }
            }
            if (e.pre() == population && s[e.post()] != null) {
                for (int i = 0; i < s[e.post()].length; i++) {
                    for (int j = 0; j < h.length; j++) {
                        h[j] += Math.abs(gain(e) * w[i][j] * s[e.post()][i]);
                    }
                }
            }
        }
        return h;
    }

    /**
     * The matrix 1 - D W over all neurons of some populations, in population order, where D holds
     * the slopes and W the weights forward and, times the gain, back.
     *
     * @param slope f' by population
     * @param among which populations
     */
    DMatrixRMaj oneMinusSlopeTimesWeights(double[][] slope, boolean[] among) {
        int[] offset = offsets(among);
        int n = offset[among.length];
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            a.set(i, i, 1.0);
        }
        for (Projection e : network.projections()) { // of which several may join the same two
            if (among[e.pre()] && among[e.post()]) {
                double[][] w = theta.weights(e.index());
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        int post = offset[e.post()] + i;
                        int pre = offset[e.pre()] + j;
                        a.add(post, pre, -slope[e.post()][i] * w[i][j]);
                        a.add(pre, post, -slope[e.pre()][j] * gain(e) * w[i][j]);
                    }
                }
            }
        }
        return a;
    }

    /** Offset of each population's neurons in the order of that matrix, then their number. */
    int[] offsets(boolean[] among) {
        int[] offset = new int[among.length + 1];
        for (int p = 0; p < among.length; p++) {
            offset[p + 1] = offset[p] + (among[p] ? network.population(p).size() : 0);
        }
        return offset;
    }

    /** Every population but the input. */
    boolean[] allFree() {
        boolean[] among = new boolean[depth.length];
        Arrays.fill(among, true);
        network.inputs().forEach(p -> among[p.index()] = false);
        return among;
    }

    /** Every population but inputs and outputs. */
    boolean[] hidden() {
        boolean[] among = allFree();
        network.outputs().forEach(p -> among[p.index()] = false);
        return among;
    }

    private double gain(Projection e) {
        return StrictMath.pow(gamma, depth[e.post()] - depth[e.pre()]);
    }

    private static void addForward(double[][] w, double[] pre, double[] into) {
        Effort.spend((long) into.length * pre.length);
        for (int i = 0; i < into.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i] += w[i][j] * pre[j];
            }
        }
    }

    private static void addBack(double[][] w, double[] post, double gain, double[] into) {
        Effort.spend((long) into.length * post.length);
        for (int i = 0; i < post.length; i++) {
            for (int j = 0; j < into.length; j++) {
                into[j] += gain * w[i][j] * post[i];
            }
        }
    }
}
