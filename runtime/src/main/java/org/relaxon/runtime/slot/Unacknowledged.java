package org.relaxon.runtime.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.protocol.Parcels;

/**
 * The parcels that one cell has sent and receivers have not confirmed: the newest of every channel,
 * or the last two where parcels must not be skipped.
 */
final class Unacknowledged {
    private static final int ATTEMPTS_MAX = 40;
    private static final int DOUBLINGS_MAX = 6;
    private static final int BYTES_MIN = 40;

    /** Sends a parcel again. */
    interface Repeater {
        void repeat(int channel, Parcel parcel, int chain, int attempt);
    }

    private static final class Entry {
        private final int channel;
        private final Parcel parcel;
        private final int chain; // of the cell when it was sent
        private int attempts;
        private long deadline;

        private Entry(int channel, Parcel parcel, int chain, long deadline) {
            this.channel = channel;
            this.parcel = parcel;
            this.chain = chain;
            this.deadline = deadline;
        }
    }

    private final IntToLongFunction patience;
    private final boolean replaces;
    private final List<Entry> open = new ArrayList<>();

    /**
     * @param patience nanoseconds before the first repetition on a channel; doubles with each
     * @param replaces whether a newer parcel makes the older one of a channel superfluous
     */
    Unacknowledged(IntToLongFunction patience, boolean replaces) {
        this.patience = patience;
        this.replaces = replaces;
    }

    void clear() {
        open.clear();
    }

    int size() {
        return open.size();
    }

    void add(int channel, Parcel parcel, int chain, long now) {
        if (replaces) {
            open.removeIf(e -> e.channel == channel);
        }
        open.add(new Entry(channel, parcel, chain, now + patience.applyAsLong(channel)));
    }

    /** Removes parcels that are known to have arrived. */
    void acknowledge(int channel, long version) {
        if (replaces) {
            open.removeIf(e -> e.channel == channel && e.parcel.version() <= version);
        } else {
            open.removeIf(e -> e.channel == channel && e.parcel.version() == version);
        }
    }

    /** The earliest moment at which a parcel is to be repeated. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Entry e : open) {
            next = Math.min(next, e.deadline);
        }
        return next;
    }

    /** Repeats parcels that are due; returns how many were given up. */
    int repeatDue(long now, Repeater repeater) {
        int before = open.size();
        open.removeIf(e -> e.deadline <= now && e.attempts >= ATTEMPTS_MAX);
        for (Entry e : open) {
            if (e.deadline <= now) {
                e.attempts++;
                long first = patience.applyAsLong(e.channel);
                e.deadline = now + (first << Math.min(e.attempts, DOUBLINGS_MAX));
                repeater.repeat(e.channel, e.parcel, e.chain, e.attempts);
            }
        }
        return before - open.size();
    }

    void save(StateWriter out) {
        out.writeInt(open.size());
        for (Entry e : open) {
            out.writeInt(e.channel);
            out.writeInt(e.attempts);
            out.writeLong(e.deadline);
            out.writeInt(e.chain);
            Parcels.save(e.parcel, out);
        }
    }

    void load(StateReader in, int channels) {
        open.clear();
        for (int k = in.readCount(Integer.MAX_VALUE, BYTES_MIN); k > 0; k--) {
            int channel = in.readInt(0, channels - 1);
            int attempts = in.readInt(0, ATTEMPTS_MAX);
            long deadline = in.readLong();
            int chain = in.readInt(0, Integer.MAX_VALUE);
            Entry entry = new Entry(channel, Parcels.load(in), chain, deadline);
            entry.attempts = attempts;
            open.add(entry);
        }
    }
}
