package org.relaxon.model.connectivity;

import org.relaxon.model.weights.DenseWeights;
import org.relaxon.model.weights.Weights;

/**
 * Which neurons of a projection's presynaptic population reach which of its postsynaptic one, and
 * so how the synapses of a cell are stored. Evaluated cell by cell: nothing is built for a whole
 * projection.
 */
public enum Connectivity {
    /** Every presynaptic neuron reaches every postsynaptic one. */
    ALL_TO_ALL {
        @Override
        public Weights zeros(int from, int to, int presynaptic) {
            return DenseWeights.zeros(to - from, presynaptic);
        }
    };

    /**
     * {@return the synapses onto one cell, all of strength 0}
     *
     * @param from first of the cell's neurons, in the postsynaptic population
     * @param to one past the last
     * @param presynaptic number of presynaptic neurons
     */
    public abstract Weights zeros(int from, int to, int presynaptic);
}
