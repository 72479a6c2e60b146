package org.relaxon.runtime.cluster;

import java.util.concurrent.atomic.AtomicLong;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * What one end of a way has sent until now. Written by the actor of that end, read by any thread.
 */
final class Sent {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong signals = new AtomicLong();

    /** A piece has left, for the first time or again. */
    void piece(int length) {
        bytes.addAndGet(length);
    }

    /** So many signals of cells have left. */
    void signals(int count) {
        signals.addAndGet(count);
    }

    Totals totals() {
        return new Totals(bytes.get(), signals.get());
    }

    /**
     * Numbers at one moment.
     *
     * @param bytes of pieces, those that were sent again included
     * @param signals of cells
     */
    record Totals(long bytes, long signals) {
        static final Totals NONE = new Totals(0, 0);

        void save(StateWriter out) {
            out.writeLong(bytes);
            out.writeLong(signals);
        }

        static Totals load(StateReader in) {
            return new Totals(in.readLong(), in.readLong());
        }

        Totals plus(Totals other) {
            return new Totals(bytes + other.bytes, signals + other.signals);
        }

        Totals minus(Totals other) {
            return new Totals(bytes - other.bytes, signals - other.signals);
        }
    }
}
