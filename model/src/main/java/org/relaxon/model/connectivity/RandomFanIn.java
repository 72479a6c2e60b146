package org.relaxon.model.connectivity;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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
        Set<Integer> drawn = new HashSet<>();
        for (int last = presynaptic - fanIn; last < presynaptic; last++) {
            long bits = CounterRandom.bits(seed, neuron, last) >>> HALF;
            int one = (int) (bits * (last + 1L) >>> HALF); // uniform in 0..last
            drawn.add(drawn.contains(one) ? last : one);
        }
        int[] sorted = drawn.stream().mapToInt(Integer::intValue).toArray();
        Arrays.sort(sorted);
        return new Onto(neuron, sorted, IntStream.range(0, fanIn).toArray());
    }

    @Override
    public int fanIn(int presynaptic) {
        return fanIn;
    }
}
