package org.relaxon.runtime.quiescence;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Mattern's four-counter method (Mattern 1987, Algorithms for distributed termination detection,
 * section 4): two waves, one strictly after the other; if the number of signals processed by the
 * first equals the number sent by the second, none was in flight between them.
 */
public final class FourCounter implements WaveDetector {
    private static final long NONE = -1;

    private long processedBefore = NONE;

    @Override
    public boolean wave(long sent, long processed) {
        boolean quiescent = processedBefore == sent && processed == sent;
        processedBefore = processed;
        return quiescent;
    }

    @Override
    public void reset() {
        processedBefore = NONE;
    }

    @Override
    public void save(StateWriter out) {
        out.writeLong(processedBefore);
    }

    @Override
    public void load(StateReader in) {
        processedBefore = in.readLong();
    }
}
