package org.relaxon.runtime.observe;

import java.util.Locale;

/** What a frame can hold about a cell. */
public enum Quantity {
    /** Activity x of every neuron, (n, planes x B). */
    ACTIVITY(true),
    /** Prediction error e of every neuron as the cell holds it, (n, planes x B). */
    ERROR(true),
    /**
     * The cell's share of the energy in every column, (1, B), without the loss, at the signals that
     * it has recorded; NaN where the energy is not known. At rest, the sum over all cells is the
     * energy of the audited state.
     */
    ENERGY(false),
    /** Signals and bundles that the cell has emitted in this phase, (1, 1). */
    SENT(false),
    /** Parcels of this phase that the cell has received, (1, 1). */
    RECEIVED(false),
    /** Signals dropped because the cell had received a newer one, (1, 1). */
    STALE(false),
    /** Signals of the cell that were lost to faults, (1, 1). */
    LOST(false),
    /**
     * Parcels that the cell has put in flight, minus those that it has received, (1, 1). A cell
     * that receives more than it sends has a negative number; the sum over all cells of one moment
     * is the number of parcels in flight.
     */
    IN_FLIGHT(false);

    private final boolean perNeuron;

    Quantity(boolean perNeuron) {
        this.perNeuron = perNeuron;
    }

    /** {@return whether a reading has one row for each neuron, or one for the cell} */
    public boolean isPerNeuron() {
        return perNeuron;
    }

    /** {@return the name in options, such as {@code in-flight}} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
