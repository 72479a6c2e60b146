package org.relaxon.runtime.observe;

import java.util.Locale;

/** What a frame can hold about a cell. */
public enum Quantity {
    /** Activity x of every neuron, (n, planes x B). */
    ACTIVITY(Rows.NEURONS),
    /** Prediction error e of every neuron as the cell holds it, (n, planes x B). */
    ERROR(Rows.NEURONS),
    /**
     * Distance of every neuron from where the cell's own energy is least, given the signals that it
     * has recorded, (n, planes x B), in the units in which audits measure defects: before the
     * relaxation after which the cell is read, and at the end of a run where the cell stands then.
     * Costs a relaxation more for every relaxation of the cell.
     */
    RESIDUAL(Rows.NEURONS),
    /**
     * The cell's share of the energy in every column, (1, B), without the loss, at the signals that
     * it has recorded; NaN where the energy is not known, or where the network has none, for the
     * reason that {@link org.relaxon.model.network.Network#noEnergy} states. At rest, the sum over
     * all cells is the energy of the audited state.
     */
    ENERGY(Rows.CELL),
    /** Signals and bundles that the cell has emitted in this phase, (1, 1). */
    SENT(Rows.CELL),
    /** Parcels of this phase that the cell has received, (1, 1). */
    RECEIVED(Rows.CELL),
    /** Signals dropped because the cell had received a newer one, (1, 1). */
    STALE(Rows.CELL),
    /** Signals of the cell that were lost to faults, (1, 1). */
    LOST(Rows.CELL),
    /**
     * Parcels that the cell has put in flight, minus those that it has received, (1, 1). A cell
     * that receives more than it sends has a negative number; the sum over all cells of one moment
     * is the number of parcels in flight.
     */
    IN_FLIGHT(Rows.CELL),
    /**
     * Parcels of this phase that the cell has received since its last frame, one row for each cell
     * that sent any, (senders, 1): what its relaxation was caused by.
     */
    ARRIVED(Rows.SENDERS);

    private enum Rows {
        NEURONS,
        CELL,
        SENDERS
    }

    private final Rows rows;

    Quantity(Rows rows) {
        this.rows = rows;
    }

    /** {@return whether a reading has one row for each neuron} */
    public boolean isPerNeuron() {
        return rows == Rows.NEURONS;
    }

    /** {@return whether a reading has one row for each cell that has sent a parcel} */
    public boolean isPerSender() {
        return rows == Rows.SENDERS;
    }

    /** {@return the name in options, such as {@code in-flight}} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
