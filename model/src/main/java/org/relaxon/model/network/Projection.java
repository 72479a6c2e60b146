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
 * @param weightsOf index of the projection whose weights it uses, or its own
 * @param isTied whether it uses the weights of another projection, or another uses its weights
 */
public record Projection(
        int index,
        String name,
        int pre,
        int post,
        Connectivity connectivity,
        int weightsOf,
        boolean isTied) {
    /** The same projection, tied or not. */
    Projection tied(boolean value) {
        return new Projection(index, name, pre, post, connectivity, weightsOf, value);
    }

    /** The same synapses with another factor between stored numbers and strengths. */
    Projection scaled(double scale) {
        Connectivity other = Connectivity.scaled(connectivity.unscaled(), scale);
        return new Projection(index, name, pre, post, other, weightsOf, isTied);
    }

    /**
     * {@return whether any of its synapses has a strength that other synapses have as well, within
     * it or in another projection} Such synapses change together, which no single one could do from
     * what it sees.
     */
    public boolean sharesWeights() {
        return isTied || connectivity.shares();
    }

    /**
     * {@return the first row of stored weights that a cell has} Where all places share the rows,
     * every cell has all of them.
     *
     * @param neuron first of the cell's neurons, in the postsynaptic population
     */
    public int firstRow(int neuron) {
        return connectivity.shares() ? 0 : neuron;
    }

    /** {@return whether it starts and ends at one population} */
    public boolean isLateral() {
        return pre == post;
    }

    /** {@return whether it leads to a population that is listed later, and so closes no cycle} */
    public boolean leadsOnwards() {
        return pre < post;
    }
}
