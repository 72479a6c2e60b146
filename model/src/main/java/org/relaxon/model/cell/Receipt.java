package org.relaxon.model.cell;

/** Whether a signal that reached a cell was recorded, or why not. */
public enum Receipt {
    /** Recorded: the newest on its link. */
    FRESH,
    /** Dropped: a newer or equal version had arrived before. */
    STALE,
    /** Dropped: it belongs to another phase. */
    LATE
}
