package org.relaxon.model.connectivity;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relaxon.model.math.CounterRandom;

/**
 * Every neuron draws its presynaptic ones without repetition (Floyd's algorithm; Bentley and Floyd
 * 1987), as a function of (seed, neuron).
 *
 * @param fanIn synapses onto every neuron
 * @param seed seed of the draws
 */
record RandomFanIn(int fanIn, long seed) implements Connectivity {
    private static final int HALF = 32;
    private static final int FREE = 4; // the table of drawn neurons is at most half full
    private static final int SCATTER = 0x9E3779B1; // 2^32 over the golden ratio, for hashes

    RandomFanIn {
        if (fanIn < 1) {
            throw new IllegalArgumentException("random: need at least 1 synapse, got " + fanIn);
        }
    }

    @Override
    public String spec() {
        return "random:%d,seed=%d".formatted(fanIn, seed);
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        if (fanIn > presynaptic) {
            throw new IllegalArgumentException(
                    "random: %d synapses onto a neuron need as many presynaptic neurons, there are %d"
                            .formatted(fanIn, presynaptic));
        }
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        int[] table = new int[Integer.highestOneBit(fanIn) * FREE]; // by hash; 0: no neuron
        int[] sorted = new int[fanIn];
        for (int k = 0; k < fanIn; k++) {
            int last = presynaptic - fanIn + k;
            long bits = CounterRandom.bits(seed, neuron, last) >>> HALF;
            int one = (int) (bits * (last + 1L) >>> HALF); // uniform in 0..last
            sorted[k] = add(table, one) ? one : last;
            if (sorted[k] == last) {
                add(table, last);
            }
        }
        Arrays.sort(sorted);
        return new Onto(neuron, sorted, IntStream.range(0, fanIn).toArray());
    }

    /** Adds a neuron to a set; false if it is there already. */
    private static boolean add(int[] table, int neuron) {
        int at = neuron * SCATTER >>> 1 & table.length - 1;
        while (table[at] != 0) {
            if (table[at] == neuron + 1) {
                return false;
            }
            at = at + 1 & table.length - 1;
        }
        table[at] = neuron + 1;
        return true;
    }

    @Override
    public int fanIn(int presynaptic) {
        return fanIn;
    }
}
