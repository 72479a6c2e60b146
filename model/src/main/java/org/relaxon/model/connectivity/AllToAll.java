package org.relaxon.model.connectivity;

import java.util.stream.IntStream;
import org.relaxon.model.weights.DenseWeights;
import org.relaxon.model.weights.Weights;

/** A matrix: row i belongs to neuron i, column j to presynaptic neuron j. */
record AllToAll() implements Connectivity {
    static final Connectivity ONE = new AllToAll();

    @Override
    public String spec() {
        return "all-to-all";
    }

    @Override
    public void requireFit(int presynaptic, int postsynaptic) {
        // any two populations fit
    }

    @Override
    public Onto onto(int neuron, int presynaptic) {
        int[] all = IntStream.range(0, presynaptic).toArray();
        return new Onto(neuron, all, all);
    }

    @Override
    public int fanIn(int presynaptic) {
        return presynaptic;
    }

    @Override
    public Weights zeros(int from, int to, int presynaptic) {
        return DenseWeights.zeros(to - from, presynaptic);
    }
}
