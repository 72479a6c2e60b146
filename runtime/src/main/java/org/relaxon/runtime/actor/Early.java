package org.relaxon.runtime.actor;

import java.util.ArrayList;
import java.util.List;

/**
 * Parcels that reached an actor while it did not own its cell: the newest per inbox slot, so that
 * memory stays bounded, and a count of all of them, so that the detector misses none.
 */
final class Early {
    private final int slots;
    private CellActor.Deliver[] newest; // allocated on first use: most actors never need it
    private long phase;
    private int count;
    private int replaced;
    private int replacedPhases;

    Early(int slots) {
        this.slots = slots;
    }

    void add(CellActor.Deliver deliver) {
        if (newest == null) {
            newest = new CellActor.Deliver[slots];
        }
        if (deliver.parcel().phase() > phase) {
            forget();
            phase = deliver.parcel().phase();
        }
        if (deliver.parcel().phase() < phase) {
            replacedPhases++;
            return;
        }
        CellActor.Deliver old = newest[deliver.slot()];
        if (old == null) {
            count++;
        } else {
            replaced++;
        }
        if (old == null || old.parcel().version() < deliver.parcel().version()) {
            newest[deliver.slot()] = deliver;
        }
    }

    /** Parcels that one that was just added stands for. */
    void addReplaced(long of, int more) {
        if (of == phase) {
            replaced += more;
        } else {
            replacedPhases += more;
        }
    }

    /** Parcels kept or counted that belong to an earlier phase than {@code current}. */
    int takeLate(long current) {
        if (phase < current) {
            forget();
            phase = current;
        }
        int late = replacedPhases;
        replacedPhases = 0;
        return late;
    }

    /** Parcels of the current phase that a newer one on the same channel has replaced. */
    int takeReplaced() {
        int taken = replaced;
        replaced = 0;
        return taken;
    }

    /** The newest parcel of every channel that had one. */
    List<CellActor.Deliver> take() {
        List<CellActor.Deliver> out = new ArrayList<>(count);
        for (int slot = 0; count > 0 && slot < slots; slot++) {
            if (newest[slot] != null) {
                out.add(newest[slot]);
                newest[slot] = null;
                count--;
            }
        }
        return out;
    }

    private void forget() {
        replacedPhases += count + replaced;
        count = 0;
        replaced = 0;
        if (newest != null) {
            java.util.Arrays.fill(newest, null);
        }
    }
}
