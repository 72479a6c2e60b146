package org.relaxon.model.plasticity;

import org.relaxon.model.math.CounterRandom;

/**
 * Whether a synapse takes part in a change of the weights: each synapse decides again at every
 * step, independently of all others.
 *
 * <p>Synapse k of a row changes at step t if a number in [0, 1) that is a pure function of (seed,
 * row, k, t) lies below the probability p, so that a draw does not depend on host, granularity or
 * order of use (desynchronous learning: Wycoff, Dillavou, Stern, Liu and Durian, J. Chem. Phys.
 * 156, 144903, 2022). A frozen gate draws once for all steps: about a share p of the synapses
 * changes at every step and the rest never: a control for desynchronised updates.
 *
 * @param probability p, in (0, 1]
 * @param frozen whether the draw of the first step holds for all
 * @param seed seed of the draws
 */
public record UpdateGate(double probability, boolean frozen, long seed) {
    /** Every synapse changes at every step. */
    public static final UpdateGate OPEN = new UpdateGate(1.0, false, 0);

    private static final long STREAM = 1L << 55;
    private static final long BIASES = 1L << 54; // on top of STREAM
    private static final int NEURON_BITS = 32;

    /**
     * Checks the probability.
     *
     * @param probability p, in (0, 1]
     * @param frozen whether the draw of the first step holds for all
     * @param seed seed of the draws
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public UpdateGate {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "update-probability: %s is not in (0, 1]".formatted(probability));
        }
    }

    /**
     * {@return a gate that opens for each synapse with the same probability, independently at every
     * step}
     *
     * @param probability the probability, in (0, 1]
     * @param seed seed of the draws
     */
    public static UpdateGate independent(double probability, long seed) {
        return probability == 1.0 ? OPEN : new UpdateGate(probability, false, seed);
    }

    /**
     * {@return a gate that opens at every step for the same synapses}
     *
     * @param share probability of a synapse to change at all, in (0, 1]
     * @param seed seed of the draws
     */
    public static UpdateGate frozen(double share, long seed) {
        return new UpdateGate(share, true, seed);
    }

    /**
     * {@return the row of all synapses of one projection onto one neuron}
     *
     * @param projection index of the projection
     * @param neuron the postsynaptic neuron
     */
    public static long weights(int projection, int neuron) {
        return ((long) projection << NEURON_BITS) + neuron;
    }

    /**
     * {@return the row of all biases of one population}
     *
     * @param population index of the population
     */
    public static long biases(int population) {
        return BIASES + population;
    }

    /** {@return whether every synapse changes at every step} */
    public boolean isOpen() {
        return probability == 1.0;
    }

    /**
     * {@return whether one synapse changes}
     *
     * @param row a number from {@link #weights} or {@link #biases}
     * @param k presynaptic neuron, or the neuron whose bias it is
     * @param step number of the change, from 1
     */
    public boolean opens(long row, int k, long step) {
        return isOpen() || CounterRandom.uniform(rowSeed(row, step), 0, k) < probability;
    }

    /**
     * {@return how many of the first n synapses of a row change at a step}
     *
     * @param row as in {@link #opens}
     * @param n number of synapses, from the start of the row
     * @param step number of the change, from 1
     */
    public int count(long row, int n, long step) {
        if (isOpen()) {
            return n;
        }
        long own = rowSeed(row, step);
        int open = 0;
        for (int k = 0; k < n; k++) {
            open += CounterRandom.uniform(own, 0, k) < probability ? 1 : 0;
        }
        return open;
    }

    /**
     * Restores the values of synapses that do not change.
     *
     * @param w values after a change of all
     * @param before values before, same length
     * @param row as in {@link #opens}
     * @param first index of w[0] in its row
     * @param step number of the change, from 1
     */
    public void hold(double[] w, double[] before, long row, int first, long step) {
        long own = rowSeed(row, step);
        for (int k = 0; k < w.length; k++) {
            if (!(CounterRandom.uniform(own, 0, first + k) < probability)) {
                w[k] = before[k];
            }
        }
    }

    private long rowSeed(long row, long step) {
        return CounterRandom.bits(seed, STREAM + row, frozen ? 1 : step);
    }
}
