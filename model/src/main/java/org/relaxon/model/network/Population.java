package org.relaxon.model.network;

import org.relaxon.model.activation.Activation;

/**
 * A group of neurons with one activation and one role.
 *
 * @param index position in the network, from 0
 * @param name unique name; in a layered network the layer number, "0" for the input
 * @param size number of neurons, at least 1
 * @param role how the phases treat the population
 * @param activation rate function; unused for an input
 */
public record Population(int index, String name, int size, Role role, Activation activation) {
    /** How the phases treat a population. */
    public enum Role {
        /** Clamped to the data in every phase: a constant, never a cell. */
        INPUT,
        /** Free in every phase. */
        HIDDEN,
        /** Nudged towards the target. */
        OUTPUT
    }
}
