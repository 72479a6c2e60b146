package org.relaxon.runtime.slot;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.protocol.Courier;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellCounters.Incident;

/**
 * The parcels that leave one cell: faults act on them, those that are not confirmed are repeated,
 * and those that are kept back leave at last. The owner of the cell owns it; time is passed in.
 */
final class Departures implements Courier {
    private final int cell;
    private final CellCounters counters;
    private final SlotPlan plan;
    private final Unacknowledged open; // null if nothing is repeated
    private KeptBack kept; // null until a parcel is kept back
    private Line line;
    private long now;
    private long alarm;

    Departures(int cell, CellCounters counters, SlotPlan plan) {
        this.cell = cell;
        this.counters = counters;
        this.plan = plan;
        open = plan.unacknowledged();
    }

    void connect(Line host) {
        line = host;
    }

    /** Requests the last signal of a link from its sender. */
    void ask(Link link) {
        line.ask(link);
    }

    /** A phase begins: parcels of earlier ones leave now. */
    void open() {
        alarm = Long.MAX_VALUE;
        if (open != null) {
            open.clear();
        }
        if (kept != null) {
            List<KeptBack.Stray> strays = kept.strays();
            kept = null;
            strays.forEach(this::leave);
        }
    }

    private void leave(KeptBack.Stray stray) {
        counters.count(Incident.STRAY);
        long travel = plan.links().strayNanos(stray.channel(), stray.parcel());
        line.stray(stray.channel(), stray.parcel(), travel);
    }

    private KeptBack kept() {
        if (kept == null) {
            kept = new KeptBack();
        }
        return kept;
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
                plan.links()
                        .acknowledgementNanos(channel, parcel.phase(), parcel.version(), draw, now);
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
        if (kept != null) {
            for (KeptBack.Waiting one : kept.takeDue(moment)) {
                line.depart(one.channel(), one.parcel(), one.travel());
            }
        }
        setAlarm();
    }

    private void repeatDue(long moment) {
        int givenUp =
                open.repeatDue(
                        moment,
                        (channel, parcel, attempt) -> {
                            if (line.admits()) {
                                counters.count(Incident.REPEATED);
                                launch(channel, parcel, attempt);
                            }
                        });
        counters.count(Incident.ABANDONED, givenUp);
    }

    /** Requests an alarm for the first parcel that is to leave although nothing happens. */
    void setAlarm() {
        long next = kept == null ? Long.MAX_VALUE : kept.nextDeadline();
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

    @Override
    public void carry(int channel, Parcel parcel) {
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
        LinkPlan links = plan.links();
        long travel = links.travelNanos(channel, parcel, attempt, now);
        if (travel < 0) {
            counters.countLoss(travel);
            if (travel == LinkPlan.HELD) {
                kept().keepForLater(channel, parcel);
            }
            return;
        }
        counters.sent++; // in flight also while it is kept back
        KeptBack.Waiting passed = kept == null ? null : kept.take(channel);
        if (passed == null && links.isKeptBack(channel, parcel, attempt)) {
            kept().keep(channel, parcel, travel, now + plan.keeping());
        } else {
            line.depart(channel, parcel, travel);
        }
        if (passed != null) {
            if (passed.parcel().version() < parcel.version()) {
                counters.count(Incident.REORDERED);
            }
            line.depart(channel, passed.parcel(), travel + passed.travel());
        }
        long echo = links.echoNanos(channel, parcel, attempt, now);
        if (echo >= 0) {
            counters.sent++;
            counters.count(Incident.DUPLICATED);
            line.depart(channel, parcel, echo);
        }
    }

    void save(StateWriter out) {
        out.writeLong(now);
        out.writeLong(alarm);
        if (open != null) {
            open.save(out);
        }
        out.writeBoolean(kept != null);
        if (kept != null) {
            kept.save(out);
        }
    }

    /** Reads the state of a phase back; no parcel leaves by that. */
    void load(StateReader in, int channels) {
        now = in.readLong();
        alarm = in.readLong();
        if (open != null) {
            open.load(in, channels);
        }
        kept = in.readBoolean() ? new KeptBack() : null;
        if (kept != null) {
            kept.load(in, channels);
        }
    }
}
