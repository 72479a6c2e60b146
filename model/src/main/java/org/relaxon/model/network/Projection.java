package org.relaxon.model.network;

/**
 * All synapses from one population to another. Its weights, shape (nPost, nPre), belong to the
 * postsynaptic side.
 *
 * @param index position in the network, from 0
 * @param name unique name; in a layered network the number of the postsynaptic layer
 * @param pre index of the presynaptic population
 * @param post index of the postsynaptic population
 */
public record Projection(int index, String name, int pre, int post) {}
