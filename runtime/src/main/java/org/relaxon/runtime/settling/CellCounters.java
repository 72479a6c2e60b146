package org.relaxon.runtime.settling;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.runtime.link.LinkPlan;

/**
 * What one cell has sent and received in a phase. Held by the host's slot around the cell, so that
 * it outlives a restart of the cell's actor.
 */
public final class CellCounters {
    private static final long PRIME = 0x9FB21C651E98DF25L;

    /** Signals and bundles that the cell has emitted, whatever their fate. */
    public long said;

    /** Signals put in flight, copies and repetitions included. */
    public long sent;

    /** Signals dropped by chance; never in flight. */
    public long dropped;

    /** Signals lost to a cut; never in flight. */
    public long cut;

    /** Signals lost to a recurring outage; never in flight. */
    public long burst;

    /** Signals kept back beyond the end of the phase; never in flight in it. */
    public long held;

    /** Signals of an earlier phase put in flight in this one; its balance excludes them. */
    public long strays;

    /** Signals kept back until a newer one had overtaken them. */
    public long reordered;

    /** Signals for this cell that waited for deliveries to others. */
    public long starved;

    /** Second copies put in flight. */
    public long duplicated;

    /** Signals sent again because they had not been confirmed. */
    public long repeated;

    /** Signals given up after many repetitions. */
    public long abandoned;

    /** Signals and wake-ups received. */
    public long received;

    /** Of these, the number after which the cell has relaxed. */
    public long processed;

    /** Wake-ups, thaws and requests, which are control and not signals. */
    public long wakeUps;

    /** Signals dropped because a newer one had arrived. */
    public long stale;

    /** Signals dropped because their phase was over. */
    public long late;

    /** Times the cell recomputed its state. */
    public long relaxations;

    /** Relaxations after which a slow cell paused. */
    public long slowed;

    /** Planned crashes that struck. */
    public long crashes;

    /** Hash of the cell's sequence of states, where it is kept. */
    public long stateHash;

    /** Begins a phase. */
    public void reset() {
        said = 0;
        sent = 0;
        dropped = 0;
        cut = 0;
        burst = 0;
        held = 0;
        strays = 0;
        reordered = 0;
        starved = 0;
        duplicated = 0;
        repeated = 0;
        abandoned = 0;
        received = 0;
        processed = 0;
        wakeUps = 0;
        stale = 0;
        late = 0;
        relaxations = 0;
        slowed = 0;
        crashes = 0;
        stateHash = 0;
    }

    /**
     * Adds another cell's counts to this one; the sum of hashes does not depend on the order of
     * cells.
     *
     * @param other counts of another cell
     */
    public void add(CellCounters other) {
        said += other.said;
        sent += other.sent;
        dropped += other.dropped;
        cut += other.cut;
        burst += other.burst;
        held += other.held;
        strays += other.strays;
        reordered += other.reordered;
        starved += other.starved;
        duplicated += other.duplicated;
        repeated += other.repeated;
        abandoned += other.abandoned;
        received += other.received;
        processed += other.processed;
        wakeUps += other.wakeUps;
        stale += other.stale;
        late += other.late;
        relaxations += other.relaxations;
        slowed += other.slowed;
        crashes += other.crashes;
        stateHash += other.stateHash;
    }

    /**
     * Counts a loss by its kind, one of the negative constants of {@link LinkPlan}.
     *
     * @param kind one of those constants
     */
    public void count(long kind) {
        if (kind == LinkPlan.CUT) {
            cut++;
        } else if (kind == LinkPlan.BURST) {
            burst++;
        } else if (kind == LinkPlan.HELD) {
            held++;
        } else {
            dropped++;
        }
    }

    /** {@return the number of signals that never were in flight} */
    public long lost() {
        return dropped + cut + burst + held;
    }

    /**
     * Appends the cell's present state to the hash of its sequence of states.
     *
     * @param cell the cell that has just relaxed
     */
    public void foldState(Cell cell) {
        long hash = stateHash == 0 ? PRIME * (cell.id().index() + 1) : stateHash;
        for (double x : cell.activity()) {
            hash = mixed(hash, x);
        }
        for (double e : cell.error()) {
            hash = mixed(hash, e);
        }
        stateHash = hash;
    }

    private static long mixed(long hash, double value) {
        long h = (hash ^ Double.doubleToRawLongBits(value)) * PRIME;
        return h ^ (h >>> 29);
    }

    /** {@return the faults that happened} */
    public FaultCounts faults() {
        return new FaultCounts(
                dropped, cut, burst, duplicated, slowed, crashes, reordered, held, strays, starved);
    }

    /**
     * Writes all counts down.
     *
     * @param out receives them
     */
    public void save(StateWriter out) {
        out.writeLong(said);
        out.writeLong(sent);
        out.writeLong(dropped);
        out.writeLong(cut);
        out.writeLong(burst);
        out.writeLong(held);
        out.writeLong(strays);
        out.writeLong(reordered);
        out.writeLong(starved);
        out.writeLong(duplicated);
        out.writeLong(repeated);
        out.writeLong(abandoned);
        out.writeLong(received);
        out.writeLong(processed);
        out.writeLong(wakeUps);
        out.writeLong(stale);
        out.writeLong(late);
        out.writeLong(relaxations);
        out.writeLong(slowed);
        out.writeLong(crashes);
        out.writeLong(stateHash);
    }

    /**
     * Reads them back.
     *
     * @param in source of what was saved
     */
    public void load(StateReader in) {
        said = in.readLong();
        sent = in.readLong();
        dropped = in.readLong();
        cut = in.readLong();
        burst = in.readLong();
        held = in.readLong();
        strays = in.readLong();
        reordered = in.readLong();
        starved = in.readLong();
        duplicated = in.readLong();
        repeated = in.readLong();
        abandoned = in.readLong();
        received = in.readLong();
        processed = in.readLong();
        wakeUps = in.readLong();
        stale = in.readLong();
        late = in.readLong();
        relaxations = in.readLong();
        slowed = in.readLong();
        crashes = in.readLong();
        stateHash = in.readLong();
    }
}
