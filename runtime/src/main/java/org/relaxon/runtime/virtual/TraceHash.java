package org.relaxon.runtime.virtual;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.protocol.Bundle;

/**
 * A 64-bit hash over every delivery of a run: (time, sequence, channel, version, payload bits). Two
 * runs with equal hashes delivered the same parcels in the same order.
 */
final class TraceHash {
    private static final long PRIME = 0x9FB21C651E98DF25L;
    private long hash;

    void reset() {
        hash = 0x243F6A8885A308D3L;
    }

    void delivered(long time, long sequence, int channel, Parcel parcel) {
        add(time);
        add(sequence);
        add(((long) channel << 40) ^ parcel.version());
        if (parcel instanceof Signal signal) {
            add(signal);
        } else if (parcel instanceof Bundle bundle) {
            add(bundle.age());
            bundle.signals().forEach(said -> add(said.signal()));
        }
    }

    private void add(Signal signal) {
        for (int k = 0; k < signal.length(); k++) {
            add(Double.doubleToRawLongBits(signal.value(k)));
        }
    }

    long value() {
        return hash;
    }

    private void add(long value) {
        long h = (hash ^ value) * PRIME;
        hash = h ^ (h >>> 29);
    }

    void save(StateWriter out) {
        out.writeLong(hash);
    }

    void load(StateReader in) {
        hash = in.readLong();
    }
}
