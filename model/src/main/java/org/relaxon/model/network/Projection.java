package org.relaxon.model.network;

import org.relaxon.model.connectivity.Connectivity;

/**
 * All synapses from one population to another. Their strengths are stored as the connectivity
 * states, in a matrix (nPost, nPre) if all neurons are connected, and belong to the postsynaptic
 * side.
 *
 * @param index position in the network, from 0
 * @param name unique name; in a layered network the number of the postsynaptic layer
 * @param pre index of the presynaptic population
 * @param post index of the postsynaptic population
 * @param connectivity which neuron reaches which
 */
public record Projection(int index, String name, int pre, int post, Connectivity connectivity) {
    /** {@return whether it starts and ends at one population} */
    public boolean isLateral() {
        return pre == post;
    }

    /** {@return whether it leads to a population that is listed later, and so closes no cycle} */
    public boolean leadsOnwards() {
        return pre < post;
    }
}
