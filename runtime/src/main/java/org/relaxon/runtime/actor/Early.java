package org.relaxon.runtime.actor;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.signal.Signal;

/**
 * Signals that reached an actor while it did not own its cell: the newest per inbox slot, so that
 * memory stays bounded, and a count of all of them, so that none is lost to the detector.
 */
final class Early {
    private final int slots;
    private Signal[] newest; // allocated on first use: most actors never need it
    private long phase;
    private int count;
    private int replacedPhases;

    Early(int slots) {
        this.slots = slots;
    }

    void add(int slot, Signal signal) {
        if (newest == null) {
            newest = new Signal[slots];
        }
        if (signal.phase() > phase) {
            forget();
            phase = signal.phase();
        }
        if (signal.phase() < phase) {
            replacedPhases++;
            return;
        }
        count++;
        if (newest[slot] == null || newest[slot].version() < signal.version()) {
            newest[slot] = signal;
        }
    }

    /** Signals kept or counted that belong to an earlier phase than {@code current}. */
    int takeLate(long current) {
        if (phase < current) {
            forget();
            phase = current;
        }
        int late = replacedPhases;
        replacedPhases = 0;
        return late;
    }

    /** Signals of the current phase, the replaced ones included; to be followed by a drain. */
    int takeCount() {
        int taken = count;
        count = 0;
        return taken;
    }

    /** Lets the cell record what was kept; returns how many were news to it. */
    int drain(Cell cell) {
        int fresh = 0;
        for (int slot = 0; newest != null && slot < slots; slot++) {
            if (newest[slot] != null) {
                fresh += cell.receive(slot, newest[slot]) == Receipt.FRESH ? 1 : 0;
                newest[slot] = null;
            }
        }
        return fresh;
    }

    private void forget() {
        replacedPhases += count;
        count = 0;
        if (newest != null) {
            java.util.Arrays.fill(newest, null);
        }
    }
}
