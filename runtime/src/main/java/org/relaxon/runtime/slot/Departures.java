package org.relaxon.runtime.slot;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.settling.CellCounters;

/**
 * The parcels that leave one cell: faults act on them, those that are not confirmed are repeated,
 * and those that are kept back leave at last. The owner of the cell owns it; time is passed in.
 */
final class Departures {
    private final int cell;
    private final CellCounters counters;
    private final LinkPlan links;
    private final Unacknowledged open; // null if nothing is repeated
    private final KeptBack kept = new KeptBack();
    private final long keepingNanos; // for the next parcel on a channel
    private Line line;
    private long now;
    private long alarm;

    /**
     * @param open null if nothing is repeated
     * @param keepingNanos how long a parcel waits for the next on its channel
     */
    Departures(
            int cell,
            CellCounters counters,
            LinkPlan links,
            Unacknowledged open,
            long keepingNanos) {
        this.cell = cell;
        this.counters = counters;
        this.links = links;
        this.open = open;
        this.keepingNanos = keepingNanos;
    }

    void connect(Line host) {
        line = host;
    }

    /** A phase begins: parcels of earlier ones leave now. */
    void open() {
        alarm = Long.MAX_VALUE;
        if (open != null) {
            open.clear();
        }
        kept.clear();
        for (KeptBack.Stray stray : kept.takeStrays()) {
            counters.strays++;
            line.stray(
                    stray.channel(),
                    stray.parcel(),
                    links.strayNanos(stray.channel(), stray.parcel()));
        }
    }

    /** The present moment, nanoseconds of host time since the phase began. */
    void at(long moment) {
        now = moment;
    }

    /** Continues after the network was quiescent: an alarm in between had no effect. */
    void resume(long moment) {
        now = moment;
        alarm = Long.MAX_VALUE;
    }

    /** Whether parcels are repeated until they are confirmed. */
    boolean repeats() {
        return open != null;
    }

    /** Confirms a parcel that has arrived, unless the confirmation is lost. */
    void confirm(int channel, Parcel parcel, int draw) {
        long travel =
                links.acknowledgementNanos(channel, parcel.phase(), parcel.version(), draw, now);
        if (travel >= 0) {
            line.acknowledge(channel, parcel.version(), travel);
        }
    }

    void acknowledged(int channel, long version) {
        if (open != null) {
            open.acknowledge(channel, version);
        }
    }

    /** See {@link Slot#onAlarm}. */
    void onAlarm(long moment) {
        if (moment < alarm) {
            return;
        }
        now = moment;
        alarm = Long.MAX_VALUE;
        if (open != null) {
            repeatDue(moment);
        }
        for (KeptBack.Waiting one : kept.takeDue(moment)) {
            line.depart(one.channel(), one.parcel(), one.travel());
        }
        setAlarm();
    }

    private void repeatDue(long moment) {
        counters.abandoned +=
                open.repeatDue(
                        moment,
                        (channel, parcel, attempt) -> {
                            if (line.admits()) {
                                counters.repeated++;
                                launch(channel, parcel, attempt);
                            }
                        });
    }

    /** Requests an alarm for the first parcel that is to leave although nothing happens. */
    void setAlarm() {
        long next = kept.nextDeadline();
        if (open != null) {
            next = Math.min(next, open.nextDeadline());
        }
        if (next < alarm) {
            alarm = next;
            line.alarm(cell, next);
        }
    }

    int unconfirmed() {
        return open == null ? 0 : open.size();
    }

    void send(int channel, Parcel parcel) {
        if (!line.admits()) {
            return; // the run ends now, and audits which signals were not received
        }
        counters.said++;
        if (open != null) {
            open.add(channel, parcel, now);
        }
        launch(channel, parcel, 0);
    }

    private void launch(int channel, Parcel parcel, int attempt) {
        long travel = links.travelNanos(channel, parcel, attempt, now);
        if (travel < 0) {
            counters.count(travel);
            if (travel == LinkPlan.HELD) {
                kept.keepForLater(channel, parcel);
            }
            return;
        }
        counters.sent++; // in flight also while it is kept back
        KeptBack.Waiting passed = kept.isEmpty() ? null : kept.take(channel);
        if (passed == null && links.isKeptBack(channel, parcel, attempt)) {
            kept.keep(channel, parcel, travel, now + keepingNanos);
        } else {
            line.depart(channel, parcel, travel);
        }
        if (passed != null) {
            counters.reordered += passed.parcel().version() < parcel.version() ? 1 : 0;
            line.depart(channel, passed.parcel(), travel + passed.travel());
        }
        long echo = links.echoNanos(channel, parcel, attempt, now);
        if (echo >= 0) {
            counters.sent++;
            counters.duplicated++;
            line.depart(channel, parcel, echo);
        }
    }

    void save(StateWriter out) {
        out.writeLong(now);
        out.writeLong(alarm);
        if (open != null) {
            open.save(out);
        }
        kept.save(out);
    }

    /** Reads the state of a phase back; no parcel leaves by that. */
    void load(StateReader in, int channels) {
        now = in.readLong();
        alarm = in.readLong();
        if (open != null) {
            open.load(in, channels);
        }
        kept.load(in, channels);
    }
}
