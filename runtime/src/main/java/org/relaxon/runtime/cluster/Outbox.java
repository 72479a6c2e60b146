package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.protocol.Parcels;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * What cells have sent to another JVM and what has not left yet: of every channel the newest
 * parcel, with the number of those that it stands for. Where cells answer one another, every parcel
 * counts, and a channel has few at a time: all of them leave.
 */
final class Outbox {
    private static final int LANE_SHIFT = 32;
    private static final int LEAST_BYTES = 24; // of one entry

    /** The newest parcel of a channel. */
    private record Waiting(Abroad.Depart newest, int older) {}

    private final boolean newestAlone;
    private final Map<Long, Waiting> parcels = new LinkedHashMap<>();
    private final List<Waiting> before = new ArrayList<>(); // older ones that leave as well
    private final Map<Long, Abroad.Confirm> confirms = new LinkedHashMap<>();
    private final List<Abroad.Ask> asks = new ArrayList<>(); // one for each link and restart

    /** Whether a newer parcel of a channel takes the place of those that wait. */
    Outbox(boolean newestAlone) {
        this.newestAlone = newestAlone;
    }

    boolean isEmpty() {
        return parcels.isEmpty() && before.isEmpty() && confirms.isEmpty() && asks.isEmpty();
    }

    /** Number of signals that wait. */
    int signals() {
        return before.size() + parcels.size();
    }

    void add(Abroad message) {
        if (message instanceof Abroad.Depart depart) {
            parcels.merge(
                    key(depart.lane(), depart.channel()), new Waiting(depart, 0), this::newer);
        } else if (message instanceof Abroad.Confirm confirm) {
            confirms.merge(
                    key(confirm.lane(), confirm.channel()),
                    confirm,
                    (a, b) -> a.phase() == b.phase() && a.version() > b.version() ? a : b);
        } else if (message instanceof Abroad.Ask ask) {
            asks.add(ask);
        } else {
            throw new IllegalArgumentException("no way to another JVM for " + message);
        }
    }

    private static long key(int lane, int channel) {
        return (long) lane << LANE_SHIFT | channel;
    }

    private Waiting newer(Waiting old, Waiting now) {
        long phase = now.newest().parcel().phase();
        if (!newestAlone || old.newest().parcel().phase() != phase) {
            before.add(old); // of another phase: it counts in a balance of its own
            return now;
        }
        boolean newer = now.newest().parcel().version() >= old.newest().parcel().version();
        return new Waiting(newer ? now.newest() : old.newest(), old.older() + 1);
    }

    /** All of it as a message. */
    byte[] take() {
        byte[] message = Wire.bytes(Kind.SIGNALS, this::save);
        parcels.clear();
        before.clear();
        confirms.clear();
        asks.clear();
        return message;
    }

    private void save(StateWriter out) {
        out.writeInt(before.size() + parcels.size());
        before.forEach(one -> save(one, out));
        parcels.values().forEach(one -> save(one, out));
        out.writeInt(confirms.size());
        for (Abroad.Confirm one : confirms.values()) {
            out.writeInt(one.lane());
            out.writeInt(one.channel());
            out.writeLong(one.phase());
            out.writeLong(one.version());
        }
        out.writeInt(asks.size());
        for (Abroad.Ask one : asks) {
            out.writeInt(one.lane());
            out.writeInt(one.link());
            out.writeLong(one.phase());
        }
    }

    private static void save(Waiting one, StateWriter out) {
        out.writeInt(one.newest().lane());
        out.writeInt(one.newest().channel());
        out.writeInt(one.newest().chain());
        out.writeInt(one.older());
        Parcels.save(one.newest().parcel(), out);
    }

    /** Takes what such a message holds. */
    interface Receiver {
        /** One entry, which stands for {@code older} ones on its channel. */
        void arrive(int lane, Abroad one, int older);
    }

    /** Passes on what such a message holds; lanes go up to {@code lanes}. */
    static void deliver(byte[] message, int lanes, Receiver part) {
        Wire.read(
                message,
                Kind.SIGNALS,
                in -> {
                    read(in, lanes, part);
                    return null;
                });
    }

    private static void read(StateReader in, int lanes, Receiver part) {
        for (int k = in.readCount(Integer.MAX_VALUE, LEAST_BYTES); k > 0; k--) {
            int lane = in.readInt(0, lanes);
            int channel = in.readInt();
            int chain = in.readInt(0, Integer.MAX_VALUE);
            int older = in.readInt(0, Integer.MAX_VALUE);
            part.arrive(lane, new Abroad.Depart(lane, channel, Parcels.load(in), chain), older);
        }
        for (int k = in.readCount(Integer.MAX_VALUE, LEAST_BYTES); k > 0; k--) {
            int lane = in.readInt(0, lanes);
            int channel = in.readInt();
            long phase = in.readLong();
            part.arrive(lane, new Abroad.Confirm(lane, channel, phase, in.readLong()), 0);
        }
        for (int k = in.readCount(Integer.MAX_VALUE, Integer.BYTES); k > 0; k--) {
            int lane = in.readInt(0, lanes);
            int link = in.readInt();
            part.arrive(lane, new Abroad.Ask(lane, link, in.readLong()), 0);
        }
    }
}
