package org.relaxon.runtime.settling;

import java.util.EnumMap;
import java.util.Map;
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
    /** What happens to few signals and cells, and in most runs to none. */
    public enum Incident {
        /** Signals dropped by chance; never in flight. */
        DROPPED,
        /** Signals lost to a cut; never in flight. */
        CUT,
        /** Signals lost to a recurring outage; never in flight. */
        BURST,
        /** Signals kept back beyond the end of the phase; never in flight in it. */
        HELD,
        /** Signals of an earlier phase put in flight in this one; its balance excludes them. */
        STRAY,
        /** Signals kept back until a newer one had overtaken them. */
        REORDERED,
        /** Signals for this cell that waited for deliveries to others. */
        STARVED,
        /** Second copies put in flight. */
        DUPLICATED,
        /** Signals sent again because they had not been confirmed. */
        REPEATED,
        /** Signals given up after many repetitions. */
        ABANDONED,
        /** Signals dropped because their phase was over. */
        LATE,
        /** Relaxations after which a slow cell paused. */
        SLOWED,
        /** Planned crashes that struck. */
        CRASHED
    }

    private static final long PRIME = 0x9FB21C651E98DF25L;

    /** Signals and bundles that the cell has emitted, whatever their fate. */
    public long said;

    /** Signals put in flight, copies and repetitions included. */
    public long sent;

    /** Signals and wake-ups received. */
    public long received;

    /** Of these, the number after which the cell has relaxed. */
    public long processed;

    /** Wake-ups, thaws and requests, which are control and not signals. */
    public long wakeUps;

    /** Signals dropped because a newer one had arrived. */
    public long stale;

    /** Times the cell recomputed its state. */
    public long relaxations;

    /** Hash of the cell's sequence of states, where it is kept. */
    public long stateHash;

    /**
     * Relaxations of the longest chain that the cell's state depends on: each is the next of the
     * same cell, or of a cell that has received a parcel sent by it. At most 2^31 - 1.
     */
    public int chain;

    private Map<Incident, Long> incidents = Map.of(); // until there is one

    /** Begins a phase. */
    public void reset() {
        said = 0;
        sent = 0;
        received = 0;
        processed = 0;
        wakeUps = 0;
        stale = 0;
        relaxations = 0;
        stateHash = 0;
        chain = 0;
        incidents = Map.of();
    }

    /**
     * Adds another cell's counts to this one, and keeps the longer of the two chains; the sum of
     * hashes does not depend on the order of cells.
     *
     * @param other counts of another cell
     */
    public void add(CellCounters other) {
        said += other.said;
        sent += other.sent;
        received += other.received;
        processed += other.processed;
        wakeUps += other.wakeUps;
        stale += other.stale;
        relaxations += other.relaxations;
        stateHash += other.stateHash;
        follow(other.chain);
        other.incidents.forEach(this::count);
    }

    /**
     * {@return how often something has happened in this phase}
     *
     * @param kind what has happened
     */
    public long of(Incident kind) {
        return incidents.getOrDefault(kind, 0L);
    }

    /**
     * Counts one incident.
     *
     * @param kind what has happened
     */
    public void count(Incident kind) {
        count(kind, 1);
    }

    /**
     * Counts several incidents of a kind.
     *
     * @param kind what has happened
     * @param times how often, at least 0
     */
    public void count(Incident kind, long times) {
        if (times == 0) {
            return;
        }
        if (incidents.isEmpty()) {
            incidents = new EnumMap<>(Incident.class);
        }
        incidents.merge(kind, times, Long::sum);
    }

    /**
     * Counts a loss by its kind, one of the negative constants of {@link LinkPlan}.
     *
     * @param kind one of those constants
     */
    public void countLoss(long kind) {
        if (kind == LinkPlan.CUT) {
            count(Incident.CUT);
        } else if (kind == LinkPlan.BURST) {
            count(Incident.BURST);
        } else if (kind == LinkPlan.HELD) {
            count(Incident.HELD);
        } else {
            count(Incident.DROPPED);
        }
    }

    /** {@return the number of signals that never were in flight} */
    public long lost() {
        return of(Incident.DROPPED) + of(Incident.CUT) + of(Incident.BURST) + of(Incident.HELD);
    }

    /**
     * What the cell does next depends on a parcel.
     *
     * @param sent chain of its sender when it was sent
     */
    public void follow(int sent) {
        chain = Math.max(chain, sent);
    }

    /** Begins a relaxation, so that what it sends belongs to a chain that is longer by one. */
    public void lengthenChain() {
        chain += chain < Integer.MAX_VALUE ? 1 : 0;
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
                of(Incident.DROPPED),
                of(Incident.CUT),
                of(Incident.BURST),
                of(Incident.DUPLICATED),
                of(Incident.SLOWED),
                of(Incident.CRASHED),
                of(Incident.REORDERED),
                of(Incident.HELD),
                of(Incident.STRAY),
                of(Incident.STARVED));
    }

    /**
     * Writes all counts down.
     *
     * @param out receives them
     */
    public void save(StateWriter out) {
        out.writeLong(said);
        out.writeLong(sent);
        out.writeLong(received);
        out.writeLong(processed);
        out.writeLong(wakeUps);
        out.writeLong(stale);
        out.writeLong(relaxations);
        out.writeLong(stateHash);
        out.writeInt(chain);
        out.writeInt(incidents.size());
        incidents.forEach(
                (kind, times) -> {
                    out.writeConstant(kind);
                    out.writeLong(times);
                });
    }

    /**
     * Reads them back.
     *
     * @param in source of what was saved
     */
    public void load(StateReader in) {
        said = in.readLong();
        sent = in.readLong();
        received = in.readLong();
        processed = in.readLong();
        wakeUps = in.readLong();
        stale = in.readLong();
        relaxations = in.readLong();
        stateHash = in.readLong();
        chain = in.readInt(0, Integer.MAX_VALUE);
        incidents = Map.of();
        for (int k = in.readInt(0, Incident.values().length); k > 0; k--) {
            count(in.readConstant(Incident.values()), in.readLong());
        }
    }
}
