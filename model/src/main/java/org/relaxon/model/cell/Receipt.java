package org.relaxon.model.cell;

/** What became of a signal that reached a cell. */
public enum Receipt {
    /** Recorded: the newest on its link. */
    FRESH,
    /** Dropped: a newer or equal version had arrived before. */
    STALE,
    /** Dropped: it belongs to another phase. */
    LATE
}
