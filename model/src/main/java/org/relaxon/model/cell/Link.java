package org.relaxon.model.cell;

/**
 * One directed channel between two cells.
 *
 * @param index position in the wiring, from 0
 * @param kind kind of signal
 * @param projection index of the projection it belongs to
 * @param from index of the sending cell
 * @param to index of the receiving cell
 * @param slot position of the link's inbox slot at the receiving cell
 */
public record Link(int index, Kind kind, int projection, int from, int to, int slot) {
    /** What a link carries. */
    public enum Kind {
        /** Presynaptic activity, to the postsynaptic cell. */
        ACTIVITY,
        /** Weighted feedback W^T v, to the presynaptic cell. */
        FEEDBACK
    }
}
