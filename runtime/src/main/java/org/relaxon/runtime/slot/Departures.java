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
    private Pending pending; // null until a parcel is to leave later
    private Line line;
    private long now;

    Departures(int cell, CellCounters counters, SlotPlan plan) {
        this.cell = cell;
        this.counters = counters;
        this.plan = plan;
        pending = plan.repeats() ? new Pending(plan) : null;
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
        List<KeptBack.Stray> strays = pending == null ? List.of() : pending.kept().strays();
        pending = plan.repeats() ? new Pending(plan) : null;
        for (KeptBack.Stray stray : strays) {
            counters.count(Incident.STRAY);
            long travel = plan.links().strayNanos(stray.channel(), stray.parcel());
            line.stray(stray.channel(), stray.parcel(), travel);
        }
    }

    private KeptBack kept() {
        pending = pending == null ? new Pending(plan) : pending;
        return pending.kept();
    }

    /** The present moment, nanoseconds of host time since the phase began. */
    void at(long moment) {
        now = moment;
    }

    /** Continues after the network was quiescent: an alarm in between had no effect. */
    void resume(long moment) {
        now = moment;
        if (pending != null) {
            pending.forgetAlarm();
        }
    }

    /** Whether parcels are repeated until they are confirmed. */
    boolean repeats() {
        return plan.repeats();
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
        if (repeats()) {
            pending.open().acknowledge(channel, version);
        }
    }

    /** See {@link Slot#onAlarm}. */
    void onAlarm(long moment) {
        if (pending == null || !pending.isDue(moment)) {
            return;
        }
        now = moment;
        pending.forgetAlarm();
        if (repeats()) {
            repeatDue(moment);
        }
        for (KeptBack.Waiting one : pending.kept().takeDue(moment)) {
            line.depart(one.channel(), one.parcel(), one.chain(), one.travel());
        }
        setAlarm();
    }

    private void repeatDue(long moment) {
        int givenUp =
                pending.open()
                        .repeatDue(
                                moment,
                                (channel, parcel, chain, attempt) -> {
                                    if (line.admits()) {
                                        counters.count(Incident.REPEATED);
                                        launch(channel, parcel, chain, attempt);
                                    }
                                });
        counters.count(Incident.ABANDONED, givenUp);
    }

    /** Requests an alarm for the first parcel that is to leave although nothing happens. */
    void setAlarm() {
        long next = pending == null ? Long.MAX_VALUE : pending.nextAlarm();
        if (next < Long.MAX_VALUE) {
            line.alarm(cell, next);
        }
    }

    int unconfirmed() {
        return repeats() ? pending.open().size() : 0;
    }

    @Override
    public void carry(int channel, Parcel parcel) {
        if (!line.admits()) {
            return; // the run ends now, and audits which signals were not received
        }
        counters.said++;
        if (repeats()) {
            pending.open().add(channel, parcel, counters.chain, now);
        }
        launch(channel, parcel, counters.chain, 0);
    }

    private void launch(int channel, Parcel parcel, int chain, int attempt) {
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
        KeptBack.Waiting passed = pending == null ? null : pending.kept().take(channel);
        if (passed == null && links.isKeptBack(channel, parcel, attempt)) {
            kept().keep(channel, parcel, chain, travel, now + plan.keeping(channel));
        } else {
            line.depart(channel, parcel, chain, travel);
        }
        if (passed != null) {
            if (passed.parcel().version() < parcel.version()) {
                counters.count(Incident.REORDERED);
            }
            line.depart(channel, passed.parcel(), passed.chain(), travel + passed.travel());
        }
        long echo = links.echoNanos(channel, parcel, attempt, now);
        if (echo >= 0) {
            counters.sent++;
            counters.count(Incident.DUPLICATED);
            line.depart(channel, parcel, chain, echo);
        }
    }

    void save(StateWriter out) {
        out.writeLong(now);
        out.writeBoolean(pending != null);
        if (pending != null) {
            pending.save(out);
        }
    }

    /** Reads the state of a phase back; no parcel leaves by that. */
    void load(StateReader in, int channels) {
        now = in.readLong();
        pending = in.readBoolean() ? new Pending(plan) : null;
        if (pending != null) {
            pending.load(in, channels);
        }
    }
}
