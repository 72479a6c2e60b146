package org.relaxon.experiments.reference;

import java.util.function.IntToDoubleFunction;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * A sum of differences of products of activities, (s + d)_post (s + d)_pre^T - s_post s_pre^T for
 * weights and d for biases, computed without the products that cancel: d_post s_pre^T + s_post
 * d_pre^T + d_post d_pre^T. States and differences are arrays by population; the input's d is 0.
 */
final class HebbianContrast {
    private final Network network;
    private final Parameters sum;

    HebbianContrast(Network network) {
        this.network = network;
        this.sum = network.zeros();
    }

    /** The sum itself. */
    Parameters parameters() {
        return sum;
    }

    /**
     * Adds the whole difference times a factor.
     *
     * @param factor by index of the postsynaptic population
     */
    void add(double[][] s, double[][] d, IntToDoubleFunction factor) {
        addLinear(s, d, factor);
        for (Projection e : network.projections()) {
            if (moves(e.pre())) {
                double by = factor.applyAsDouble(e.post());
                addOuter(by, d[e.post()], d[e.pre()], sum.weights(e.index()));
            }
        }
    }

    /** Adds the part that is linear in d, times a factor; d of the input is not read. */
    void addLinear(double[][] s, double[][] d, IntToDoubleFunction factor) {
        for (Projection e : network.projections()) {
            double by = factor.applyAsDouble(e.post());
            addOuter(by, d[e.post()], s[e.pre()], sum.weights(e.index()));
            if (moves(e.pre())) {
                addOuter(by, s[e.post()], d[e.pre()], sum.weights(e.index()));
            }
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                double by = factor.applyAsDouble(p.index());
                double[] into = sum.biases(p.index());
                for (int i = 0; i < into.length; i++) {
                    into[i] += by * d[p.index()][i];
                }
            }
        }
    }

    private boolean moves(int population) {
        return network.population(population).role() != Population.Role.INPUT;
    }

    private static void addOuter(double by, double[] post, double[] pre, double[][] into) {
        for (int i = 0; i < post.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into[i][j] += by * post[i] * pre[j];
            }
        }
    }
}
