package org.relaxon.runtime.settling;

/**
 * What one cell has sent and received in a phase. Held by the host's slot around the cell, so that
 * it outlives a restart of whatever runs the cell.
 */
public final class CellCounters {
    /** Signals put in flight. */
    public long sent;

    /** Signals that a cut swallowed; never in flight. */
    public long lost;

    /** Signals and wake-ups received. */
    public long received;

    /** Of these, how many the cell has relaxed upon. */
    public long processed;

    /** Wake-ups and thaws, which are control and not signals. */
    public long wakeUps;

    /** Signals dropped because a newer one had arrived. */
    public long stale;

    /** Signals dropped because their phase was over. */
    public long late;

    /** Times the cell recomputed its state. */
    public long relaxations;

    /** Begins a phase. */
    public void reset() {
        sent = 0;
        lost = 0;
        received = 0;
        processed = 0;
        wakeUps = 0;
        stale = 0;
        late = 0;
        relaxations = 0;
    }

    /** Adds another cell's counts to this one. */
    public void add(CellCounters other) {
        sent += other.sent;
        lost += other.lost;
        received += other.received;
        processed += other.processed;
        wakeUps += other.wakeUps;
        stale += other.stale;
        late += other.late;
        relaxations += other.relaxations;
    }
}
