package org.relaxon.testkit;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * A pool of units that inhibit each other, s_i = f(b_i - a sum of all other s_j), with b_i drawn
 * from N(0, 0.1^2). For tanh it has one equilibrium if a is below 1, and sequential relaxation
 * finds it; unordered relaxation may fail to as soon as (n - 1) a exceeds 1. It is the simplest
 * network on which delays decide convergence (Chazan and Miranker 1969).
 *
 * <p>Every unit is a population of its own, "1" to "n"; the last is the output. The weight between
 * two units serves both of them, forward as drive and back as feedback. The input, of one neuron,
 * has no influence.
 */
public final class LateralPool {
    private static final long BIAS_STREAM = 6L << 48;
    private static final double BIAS_SCALE = 0.1;

    private LateralPool() {}

    /**
     * Builds a pool of {@code units} with mutual inhibition {@code a}.
     *
     * @param units number of units, 2 to 1024
     * @param a mutual inhibition, finite: minus the weight between any two units
     * @param activation activation of every unit
     * @param seed seed of the biases
     * @return the network of the pool
     * @throws IllegalArgumentException naming the value that is not allowed
     */
    public static Network of(int units, double a, Activation activation, long seed) {
        if (units < 2 || units > 1024) {
            throw new IllegalArgumentException("pool: " + units + " units is not in 2..1024");
        }
        if (!Double.isFinite(a)) {
            throw new IllegalArgumentException("pool: inhibition needs a finite number, got " + a);
        }
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED).input("0", 1);
        for (int i = 1; i < units; i++) {
            builder.hidden(Integer.toString(i), 1, activation);
        }
        builder.output(Integer.toString(units), 1, activation);
        for (int i = 1; i <= units; i++) {
            builder.project("0->" + i, "0", Integer.toString(i));
            for (int j = 1; j < i; j++) {
                builder.project(j + "->" + i, Integer.toString(j), Integer.toString(i));
            }
        }
        Network drawn = builder.build(Initialisation.uniform(seed));
        return drawn.with(parameters(drawn, a, seed));
    }

    private static Parameters parameters(Network network, double a, long seed) {
        Parameters own = network.zeros();
        for (Projection p : network.projections()) {
            boolean lateral = p.pre() != network.input().index();
            own.weights(p.index())[0][0] = lateral ? -a : 0.0;
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                own.biases(p.index())[0] =
                        BIAS_SCALE * CounterRandom.normal(seed, BIAS_STREAM, p.index());
            }
        }
        return own;
    }
}
