package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Signal;

/**
 * One projection as one cell sees it: for each neighbour k an inbox slot, which keeps the newest
 * version received, and an outgoing link, with the version last sent.
 */
abstract class Port {
    private static final int[] NO_LINKS = {};

    /** From this many columns on, comparing all rows is faster than ending at the first change. */
    private static final int WIDE = 8;

    private final Fan fan;
    private final int cell;
    private final boolean lateral;
    private final int[] received; // versions: a link never carries 2^31 signals in one phase
    private int version; // of the last signal that went to all
    private int[] sent; // null while every link has received the same versions
    private boolean changed;

    /**
     * @param fan links of the population's cells to the neighbours
     * @param cell position of this cell in the population
     * @param lateral whether the neighbours are cells of its own population: a link to itself
     *     carries nothing, see {@link OwnSynapses}
     */
    Port(Fan fan, int cell, boolean lateral) {
        this.fan = fan;
        this.cell = cell;
        this.lateral = lateral;
        received = fan.links(cell) == 0 ? NO_LINKS : new int[fan.links(cell)];
    }

    /** Position of this cell in its population. */
    final int cell() {
        return cell;
    }

    /** Copies a payload into the slot of neighbour {@code k}, after checking its length. */
    abstract void store(int k, Signal signal);

    /** Resends, as a new version, the last signal for neighbour {@code k}. */
    abstract void sayAgain(int k, long phase, Outbox outbox);

    /** Makes the next value sent count as new whatever it is. */
    abstract void forgetSaid();

    final int links() {
        return received.length;
    }

    final Receipt record(int k, Signal signal) {
        if (signal.version() <= received[k]) {
            return Receipt.STALE;
        }
        store(k, signal);
        received[k] = Math.toIntExact(signal.version());
        changed = true;
        return Receipt.FRESH;
    }

    /** Number of links that carry signals. */
    final int carrying() {
        return self() >= 0 ? links() - 1 : links();
    }

    /** Which neighbour is this cell itself; negative if none is. */
    final int self() {
        return lateral ? fan.linkTo(cell, cell) : -1;
    }

    /** True if a neighbour is this cell itself, which no signal needs to reach. */
    final boolean isSelf(int k) {
        return lateral && k == self();
    }

    /** Sends to neighbour {@code k} alone. */
    final void send(int k, Signal signal, Outbox outbox) {
        tellApart();
        sent[k] = Math.toIntExact(signal.version());
        outbox.send(link(k), signal);
    }

    /** Sends to every neighbour a signal whose version is new on every link. */
    final void sendToAll(Signal signal, Outbox outbox) {
        sent = null;
        for (int k = 0; k < links(); k++) {
            if (!isSelf(k)) {
                outbox.send(link(k), signal);
            }
        }
    }

    /** Index of the outgoing link to neighbour {@code k}. */
    final int link(int k) {
        return fan.link(cell, k);
    }

    /** The next version on one link. */
    final long next(int k) {
        return sent(k) + 1L;
    }

    /** A version that is new on every link. */
    final long nextOfAll() {
        version = Math.incrementExact(version);
        return version;
    }

    /** From now on keeps the version last sent on each link. */
    final void tellApart() {
        if (sent == null) {
            sent = new int[links()];
            Arrays.fill(sent, version);
        }
    }

    final void forget() {
        Arrays.fill(received, 0);
        sent = null;
        version = 0;
        changed = true;
    }

    /** Discards received signals. Versions sent remain, since receivers ignore older ones. */
    final void forgetHeard() {
        Arrays.fill(received, 0);
        changed = true;
    }

    final boolean changed() {
        return changed;
    }

    final void seen() {
        changed = false;
    }

    final void touch() {
        changed = true;
    }

    /** True if every neighbour has sent a signal in this phase; always true without neighbours. */
    final boolean heardAll() {
        for (int k = 0; k < received.length; k++) {
            if (received[k] == 0 && !isSelf(k)) {
                return false;
            }
        }
        return true;
    }

    final long received(int k) {
        return received[k];
    }

    final long sent(int k) {
        if (isSelf(k)) {
            return 0;
        }
        return sent == null ? version : sent[k];
    }

    /** Writes versions down, and which of them have not been looked at. */
    void save(StateWriter out) {
        out.writeInts(received);
        out.writeInt(version);
        out.writeBoolean(sent != null);
        if (sent != null) {
            out.writeInts(sent);
        }
        out.writeBoolean(changed);
    }

    /** Reads them back; a phase with the same shapes has been opened. */
    void load(StateReader in) {
        in.readInts(received);
        version = in.readInt(0, Integer.MAX_VALUE);
        sent = in.readBoolean() ? new int[links()] : null;
        if (sent != null) {
            in.readInts(sent);
        }
        changed = in.readBoolean();
    }

    /**
     * Position of the neighbour that an outgoing link leads to; negative if the link is not one of
     * this port's.
     */
    final int positionOf(int link) {
        return fan.positionOf(cell, link);
    }

    /** Zeros of the given length, in the old array if it fits. */
    static double[] atRest(double[] old, int length) {
        if (old == null || old.length != length) {
            return new double[length];
        }
        Arrays.fill(old, 0.0);
        return old;
    }

    static void requireLength(Signal signal, int length) {
        if (signal.length() != length) {
            throw new IllegalArgumentException(
                    "signal carries %d numbers, its link takes %d"
                            .formatted(signal.length(), length));
        }
    }

    /** NaN differs from every number, so that a comparison never hides it. */
    static boolean differs(double[] now, double[] before, int begin, int end, double[] threshold) {
        int columns = threshold.length;
        if (columns >= WIDE) {
            double[] gaps = Columns.gaps(now, before, begin, end, columns);
            for (int c = 0; c < columns; c++) {
                if (!(gaps[c] <= threshold[c]) && begin < end) {
                    return true;
                }
            }
            return false;
        }
        for (int k = begin, c = 0; k < end; k++) {
            if (!(Math.abs(now[k] - before[k]) <= threshold[c])) {
                return true;
            }
            if (++c == columns) {
                c = 0;
            }
        }
        return false;
    }
}
