package org.relaxon.runtime.slot;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.protocol.Parcels;

/**
 * The parcels of one cell that a fault keeps back: at most one per channel until the next one has
 * overtaken it or its time is up, and some until the next phase.
 */
final class KeptBack {
    /** The most parcels that wait for a later phase; further ones are lost. */
    private static final int STRAYS_MAX = 10_000;

    private static final int BYTES_MIN = 28;

    /** A parcel with the chain of its sender and its drawn travel time. */
    record Waiting(int channel, Parcel parcel, int chain, long travel, long deadline) {}

    /** A parcel of a phase that is over. */
    record Stray(int channel, Parcel parcel) {}

    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();

    void keep(int channel, Parcel parcel, int chain, long travel, long deadline) {
        waiting.add(new Waiting(channel, parcel, chain, travel, deadline));
    }

    /** Takes the parcel that waits on a channel; null if there is none. */
    Waiting take(int channel) {
        for (int k = 0; k < waiting.size(); k++) {
            if (waiting.get(k).channel() == channel) {
                return waiting.remove(k);
            }
        }
        return null;
    }

    /** The earliest moment at which a parcel must leave although none has overtaken it. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Waiting w : waiting) {
            next = Math.min(next, w.deadline());
        }
        return next;
    }

    /** Takes parcels that were not overtaken in time. */
    List<Waiting> takeDue(long now) {
        List<Waiting> due = waiting.stream().filter(w -> w.deadline() <= now).toList();
        if (!due.isEmpty()) {
            waiting.removeAll(due);
        }
        return due;
    }

    void keepForLater(int channel, Parcel parcel) {
        if (strays.size() < STRAYS_MAX) {
            strays.add(new Stray(channel, parcel));
        }
    }

    /** The parcels left by earlier phases. */
    List<Stray> strays() {
        return strays;
    }

    void save(StateWriter out) {
        out.writeInt(waiting.size());
        for (Waiting w : waiting) {
            out.writeInt(w.channel());
            Parcels.save(w.parcel(), out);
            out.writeInt(w.chain());
            out.writeLong(w.travel());
            out.writeLong(w.deadline());
        }
        out.writeInt(strays.size());
        for (Stray s : strays) {
            out.writeInt(s.channel());
            Parcels.save(s.parcel(), out);
        }
    }

    void load(StateReader in, int channels) {
        for (int k = in.readCount(channels, BYTES_MIN); k > 0; k--) {
            int channel = in.readInt(0, channels - 1);
            Parcel parcel = Parcels.load(in);
            int chain = in.readInt(0, Integer.MAX_VALUE);
            keep(channel, parcel, chain, in.readLong(), in.readLong());
        }
        for (int k = in.readCount(STRAYS_MAX, BYTES_MIN); k > 0; k--) {
            keepForLater(in.readInt(0, channels - 1), Parcels.load(in));
        }
    }
}
