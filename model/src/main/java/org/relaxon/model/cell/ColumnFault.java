package org.relaxon.model.cell;

import org.relaxon.model.network.CellId;
import org.relaxon.model.settle.Reason;

/**
 * Why a cell took one column out of play.
 *
 * @param column the column, from 0
 * @param reason {@link Reason#KINK} or {@link Reason#DIVERGED}
 * @param cell where it happened
 * @param neuron index within the population
 * @param why the part of the dynamics in it, in one clause; empty if none
 */
public record ColumnFault(int column, Reason reason, CellId cell, int neuron, String why) {
    /**
     * Makes a fault under any dynamics.
     *
     * @param column the column, from 0
     * @param reason {@link Reason#KINK} or {@link Reason#DIVERGED}
     * @param cell where it happened
     * @param neuron index within the population
     */
    public ColumnFault(int column, Reason reason, CellId cell, int neuron) {
        this(column, reason, cell, neuron, "");
    }

    /**
     * {@return whether a column has this fault rather than another}
     *
     * @param other another one of the column; null for none
     */
    public boolean isGraverThan(ColumnFault other) {
        return other == null || reason.compareTo(other.reason()) < 0;
    }
}
