package org.relaxon.runtime.slot;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * The parcels of one cell that leave later although nothing happens: those that are not confirmed,
 * and those that are kept back. An alarm is requested for the first of them.
 */
final class Pending {
    private final Unacknowledged open; // null if nothing is repeated
    private final KeptBack kept = new KeptBack();
    private long alarm = Long.MAX_VALUE;

    Pending(SlotPlan plan) {
        open =
                plan.repeats()
                        ? new Unacknowledged(plan::patience, !plan.discipline().isInStep())
                        : null;
    }

    /** The parcels that are not confirmed; only where parcels are repeated. */
    Unacknowledged open() {
        return open;
    }

    KeptBack kept() {
        return kept;
    }

    /** An alarm that was requested has no effect. */
    void forgetAlarm() {
        alarm = Long.MAX_VALUE;
    }

    boolean isDue(long moment) {
        return moment >= alarm;
    }

    /** The moment of an alarm that is to be requested; {@link Long#MAX_VALUE} if none is. */
    long nextAlarm() {
        long next = kept.nextDeadline();
        if (open != null) {
            next = Math.min(next, open.nextDeadline());
        }
        if (next >= alarm) {
            return Long.MAX_VALUE;
        }
        alarm = next;
        return next;
    }

    void save(StateWriter out) {
        out.writeLong(alarm);
        if (open != null) {
            open.save(out);
        }
        kept.save(out);
    }

    /** Reads the state of a phase back; no parcel leaves by that. */
    void load(StateReader in, int channels) {
        alarm = in.readLong();
        if (open != null) {
            open.load(in, channels);
        }
        kept.load(in, channels);
    }
}
