package org.relaxon.runtime.actor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all cells of a lane have sent and not yet processed, as far as they have reported it, and
 * which of them relax at present. It shows when a probe is worth sending, and may be wrong; that
 * nothing is in flight is found by the probes alone.
 */
final class Unfinished {
    private static final long RELAXING = 1L << 40; // more than any number of signals in flight

    private final AtomicLong signals = new AtomicLong();

    /** Each cell has a wake-up to process; called while no actor owns a cell. */
    void begin(int cells) {
        signals.set(cells);
    }

    /** A cell relaxes: what it sends can be processed before it reports it. */
    void relaxing() {
        signals.addAndGet(RELAXING);
    }

    /**
     * Ends what {@link #relaxing} has begun.
     *
     * @param more signals that the cell has sent since its last report, less those processed
     * @return whether nothing is left
     */
    boolean isNoneAfterRelaxing(long more) {
        return isNoneAfter(more - RELAXING);
    }

    /**
     * Adds a report.
     *
     * @param more signals that the cell has sent since its last report, less those processed
     * @return whether nothing is left
     */
    boolean isNoneAfter(long more) {
        return signals.addAndGet(more) == 0;
    }
}
