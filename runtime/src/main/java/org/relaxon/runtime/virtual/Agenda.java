package org.relaxon.runtime.virtual;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.slot.Slot;

/** When cells relax: after their pauses, with at most one relaxation of each cell in the queue. */
final class Agenda {
    private final Slot[] slots;
    private final EventQueue queue;
    private final long[] nextFree; // end of the pause
    private final boolean[] due; // a relaxation of this cell is in the queue
    private final long[] firstArrival;

    Agenda(Slot[] slots, EventQueue queue) {
        this.slots = slots;
        this.queue = queue;
        nextFree = new long[slots.length];
        due = new boolean[slots.length];
        firstArrival = new long[slots.length];
    }

    /** A phase begins, in which the cell wakes up for the first time. */
    void open(int cell) {
        nextFree[cell] = 0;
        due[cell] = false;
        wake(cell, slots[cell].stagger() + slots[cell].tick());
    }

    /** Wakes a cell after its pause, unless it relaxes anyway. */
    void resume(int cell, long now) {
        if (!due[cell]) {
            wake(cell, Math.max(now, nextFree[cell]));
        }
    }

    /** A cell has something to relax for. */
    void schedule(int cell, long now) {
        if (!due[cell]) {
            firstArrival[cell] = now;
            add(cell, Math.max(now, nextFree[cell]) + slots[cell].tick());
        }
    }

    /** Takes out a relaxation that is due now; returns how long what arrived first has waited. */
    long take(int cell, long now) {
        due[cell] = false;
        return now - firstArrival[cell];
    }

    /** A cell has relaxed, and pauses; {@code again} if it has pending work. */
    void relaxed(int cell, long now, boolean again) {
        nextFree[cell] = now + slots[cell].pause();
        if (again) {
            wake(cell, nextFree[cell] + slots[cell].tick()); // quiescence waits for it
        }
    }

    private void wake(int cell, long at) {
        slots[cell].wakeUp();
        firstArrival[cell] = at;
        add(cell, at);
    }

    private void add(int cell, long at) {
        due[cell] = true;
        queue.add(at, -1 - cell, null);
    }

    void save(StateWriter out) {
        out.writeLongs(nextFree);
        out.writeLongs(firstArrival);
        for (boolean one : due) {
            out.writeBoolean(one);
        }
    }

    void load(StateReader in) {
        in.readLongs(nextFree);
        in.readLongs(firstArrival);
        for (int k = 0; k < due.length; k++) {
            due[k] = in.readBoolean();
        }
    }
}
