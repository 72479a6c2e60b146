package org.relaxon.runtime.slot;

import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Clock;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.protocol.Courier;
import org.relaxon.runtime.protocol.Protocol;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Sampler;

/**
 * The host's slot around one cell. It counts, decides how long the cell pauses, applies faults to
 * leaving parcels, repeats parcels that are not confirmed, and survives a crash of the cell. The
 * owner of the cell owns the slot; time is passed in.
 */
public final class Slot {
    private static final long LEAST_PATIENCE = 100_000L;
    private static final int ACK_DRAWS = 0x7f;

    private final Cell cell;
    private final CellCounters counters;
    private final Protocol protocol;
    private final LinkPlan links;
    private final CellFaults faults;
    private final Channels channels;
    private final List<Link> heardOn; // links to request again after a crash
    private final Unacknowledged open; // null if nothing is repeated
    private final KeptBack kept = new KeptBack();
    private final long keepingNanos; // for the next parcel on a channel
    private final Courier courier = this::send;
    private final long refractory;
    private final Discipline discipline;
    private final Clock clock; // null for other disciplines
    private final boolean countsFromNews;
    private final long seed;
    private Line line;
    private long now;
    private long phaseId;
    private long parcels;
    private int restarts;
    private long alarm;
    private Sampler sampler; // null: this cell is not observed

    Slot(
            Cell cell,
            CellCounters counters,
            Protocol protocol,
            RunPlan plan,
            LinkPlan links,
            CellFaults faults,
            Channels channels,
            List<Link> heardOn) {
        this.cell = cell;
        this.counters = counters;
        this.protocol = protocol;
        this.links = links;
        this.faults = faults;
        this.channels = channels;
        this.heardOn = heardOn;
        discipline = plan.discipline();
        clock = discipline.clock();
        countsFromNews = clock != null && clock.countsFromNews();
        refractory = plan.effectiveRefractoryNanos();
        seed = plan.seed();
        long patience = LEAST_PATIENCE + 4 * plan.delay().typicalNanos() + refractory;
        double usual = clock == null ? 0 : Math.min(clock.meanNanos(), Delays.NANOS_MAX);
        keepingNanos = patience + (long) (4 * usual);
        boolean repeats = plan.conditions().repeats() && links.lossy();
        open = repeats ? new Unacknowledged(patience, !discipline.isInStep()) : null;
    }

    /** {@return the cell inside} */
    public Cell cell() {
        return cell;
    }

    /** {@return the counts of the phase so far} */
    public CellCounters counters() {
        return counters;
    }

    /** Takes the sampler of the cell, null for none; only while no run has the cell. */
    void observe(Sampler own) {
        sampler = own;
    }

    /**
     * Connects this slot to its host; called once.
     *
     * @param host takes this slot's parcels
     */
    public void connect(Line host) {
        line = host;
    }

    /**
     * Opens a phase.
     *
     * @param id id that the parcels of this settling carry
     * @param phase inputs, targets and strengths imposed
     */
    public void open(long id, Phase phase) {
        phaseId = id;
        parcels = 0;
        restarts = 0;
        alarm = Long.MAX_VALUE;
        counters.reset();
        cell.open(id, phase);
        protocol.open(id);
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

    /** Counts a wake-up, which is control and not a signal. */
    public void wakeUp() {
        counters.wakeUps++;
        counters.received++;
    }

    /**
     * Records a parcel that arrived.
     *
     * @param slot inbox slot of the cell
     * @param parcel parcel that arrived
     * @param at the present moment, nanoseconds of host time since the phase began
     * @return true if the cell should now relax when its pause is over
     * @throws CrashedCell if a planned crash strikes; {@link #restart} is then to be called
     */
    public boolean hear(int slot, Parcel parcel, long at) {
        now = at;
        if (parcel.phase() != phaseId) {
            counters.late++; // sent in another phase, so not part of this one's balance
            return false;
        }
        counters.received++;
        if (faults.crashesAt(++parcels)) {
            counters.crashes++;
            throw new CrashedCell(cell.id().name());
        }
        if (protocol.hear(slot, parcel) == Receipt.STALE) {
            counters.stale++;
        }
        if (open != null) {
            confirm(channels.into(cell.id().index(), slot), parcel);
        }
        boolean ready = protocol.isReady();
        if (!ready) {
            counters.processed = counters.received; // accepted, without work to do yet
        }
        return ready;
    }

    private void confirm(int channel, Parcel parcel) {
        int draw = (int) (parcels & ACK_DRAWS);
        long travel = links.acknowledgementNanos(channel, phaseId, parcel.version(), draw, now);
        if (travel >= 0) {
            line.acknowledge(channel, parcel.version(), travel);
        }
    }

    /**
     * Records that a parcel of a phase has arrived.
     *
     * @param channel index of the channel
     * @param version version of the parcel
     */
    public void onAcknowledged(int channel, long version) {
        if (open != null) {
            open.acknowledge(channel, version);
        }
    }

    /**
     * Repeats parcels that were not confirmed in time, and releases those that no newer parcel has
     * overtaken.
     *
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void onAlarm(long at) {
        if (at < alarm) {
            return;
        }
        now = at;
        alarm = Long.MAX_VALUE;
        if (open != null) {
            repeatDue(at);
        }
        for (KeptBack.Waiting one : kept.takeDue(at)) {
            line.depart(one.channel(), one.parcel(), one.travel());
        }
        setAlarm();
    }

    private void repeatDue(long at) {
        counters.abandoned +=
                open.repeatDue(
                        at,
                        (channel, parcel, attempt) -> {
                            if (line.admits()) {
                                counters.repeated++;
                                launch(channel, parcel, attempt);
                            }
                        });
    }

    private void setAlarm() {
        long next = kept.nextDeadline();
        if (open != null) {
            next = Math.min(next, open.nextDeadline());
        }
        if (next < alarm) {
            alarm = next;
            line.alarm(cell.id().index(), next);
        }
    }

    /**
     * Lets the cell relax and passes on the signals that it sends.
     *
     * @param at the present moment, nanoseconds of host time since the phase began
     * @return true if the cell is to relax again although nothing may arrive
     */
    public boolean relax(long at) {
        now = at;
        counters.processed = counters.received;
        if (!protocol.isReady()) {
            return false;
        }
        long steps = cell.steps();
        boolean again = protocol.relax(courier);
        counters.relaxations++;
        if (discipline.isInStep() && cell.steps() != steps) {
            counters.foldState(cell);
        }
        if (sampler != null && cell.steps() != steps) {
            sampler.relaxed(at);
        }
        setAlarm();
        return again;
    }

    /**
     * {@return the first wait of a phase in nanoseconds, which keeps cells from starting at the
     * same moment}
     */
    public long stagger() {
        return clock == null ? (long) (refractory * jitter()) : clockPause();
    }

    /** {@return the pause of the cell after a relaxation, nanoseconds} */
    public long pause() {
        long usual = clock == null ? (long) (refractory * (0.5 + jitter())) : clockPause();
        if (faults.pauseNanos() > 0) {
            counters.slowed++;
        }
        return usual + faults.pauseNanos();
    }

    private long clockPause() {
        return countsFromNews ? 0 : clockNanos();
    }

    private long clockNanos() {
        return discipline.waitNanos(seed, cell.id().index(), counters.relaxations);
    }

    /**
     * {@return the wait of a cell after a new signal and after its pause, in nanoseconds; 0 without
     * a clock that counts from that moment}
     */
    public long tick() {
        return countsFromNews ? clockNanos() : 0;
    }

    /** {@return whether cells wait before they relax} */
    public boolean waits() {
        return refractory > 0 || clock != null || faults.pauseNanos() > 0;
    }

    /** Uniform in [0, 1), a function of (seed, cell, its number of relaxations). */
    private double jitter() {
        return refractory == 0 ? 0.0 : Clock.uniform(seed, cell.id().index(), counters.relaxations);
    }

    /**
     * Continues after the network was quiescent.
     *
     * @param unheard outgoing links whose last signal did not arrive
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void resume(List<Link> unheard, long at) {
        now = at;
        alarm = Long.MAX_VALUE; // an alarm during the hand-over had no effect
        protocol.resume(unheard, courier);
        setAlarm();
    }

    /**
     * Resends the last signal of a link: its receiver lost its state.
     *
     * @param link outgoing link of the cell
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void onAsked(Link link, long at) {
        now = at;
        counters.received++;
        if (cell.hasWord(link)) {
            protocol.repeat(link, courier);
        }
        setAlarm();
    }

    /**
     * Restarts a crashed cell with its weights only; all neighbours are asked to resend their last
     * signal.
     *
     * @return false if it crashed too often and stays dead
     */
    public boolean restart() {
        if (++restarts > Crash.RESTARTS_MAX) {
            return false;
        }
        cell.restart();
        for (Link link : heardOn) {
            counters.wakeUps++; // in flight until the neighbour has answered
            line.ask(link);
        }
        return true;
    }

    /** {@return the number of unconfirmed parcels, which count as in flight} */
    public int unconfirmed() {
        return open == null ? 0 : open.size();
    }

    private void send(int channel, Parcel parcel) {
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
}
