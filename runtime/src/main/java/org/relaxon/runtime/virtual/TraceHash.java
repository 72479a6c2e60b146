package org.relaxon.runtime.virtual;

import org.relaxon.model.signal.Signal;

/**
 * A 64-bit hash over every delivery of a run: (time, sequence, link, version, payload bits). Two
 * runs with equal hashes did the same things in the same order.
 */
final class TraceHash {
    private static final long PRIME = 0x9FB21C651E98DF25L;
    private long hash;

    void reset() {
        hash = 0x243F6A8885A308D3L;
    }

    void delivered(long time, long sequence, int link, Signal signal) {
        add(time);
        add(sequence);
        add(((long) link << 40) ^ signal.version());
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
}
