package org.relaxon.runtime.slot;

import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.discipline.Clock;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.protocol.Protocol;
import org.relaxon.runtime.quiescence.Counts;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellCounters.Incident;
import org.relaxon.runtime.settling.Sampler;

/**
 * The host's slot around one cell. It counts, decides how long the cell pauses, applies faults to
 * leaving parcels, repeats parcels that are not confirmed, and survives a crash of the cell. The
 * owner of the cell owns the slot; time is passed in.
 */
public final class Slot {
    private static final int ACK_DRAWS = 0x7f;

    private final Cell cell;
    private final CellCounters counters;
    private final Protocol protocol;
    private final SlotPlan plan;
    private final Departures departures;
    private long phaseId;
    private long parcels;
    private int restarts;
    private Sampler sampler; // null: this cell is not observed

    Slot(Cell cell, CellCounters counters, Protocol protocol, SlotPlan plan) {
        this.cell = cell;
        this.counters = counters;
        this.protocol = protocol;
        this.plan = plan;
        departures = new Departures(cell.id().index(), counters, plan);
    }

    /** {@return the cell inside} */
    public Cell cell() {
        return cell;
    }

    /** {@return the id of the phase opened last; 0 before the first} */
    public long phaseId() {
        return phaseId;
    }

    /** {@return the counts of the phase so far} */
    public CellCounters counters() {
        return counters;
    }

    /** The index of the cell whose parcels arrive in a slot. */
    int sender(int slot) {
        return plan.channels().from(plan.channels().into(cell.id().index(), slot));
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
        departures.connect(host);
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
        counters.reset();
        cell.open(id, phase);
        protocol.open(id);
        departures.open();
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
     * @param chain of the sender when it was sent
     * @param at the present moment, nanoseconds of host time since the phase began
     * @return true if the cell should now relax when its pause is over
     * @throws CrashedCell if a planned crash strikes; {@link #restart} is then to be called
     */
    public boolean hear(int slot, Parcel parcel, int chain, long at) {
        departures.at(at);
        if (parcel.phase() != phaseId) {
            counters.count(
                    Incident.LATE); // sent in another phase, so not part of this one's balance
            return false;
        }
        counters.received++;
        if (faults().crashesAt(++parcels)) {
            counters.count(Incident.CRASHED);
            throw new CrashedCell(cell.id().name());
        }
        counters.follow(chain);
        if (sampler != null) {
            sampler.received(slot);
        }
        if (protocol.hear(slot, parcel) == Receipt.STALE) {
            counters.stale++;
        }
        if (departures.repeats()) {
            int channel = plan.channels().into(cell.id().index(), slot);
            departures.confirm(channel, parcel, (int) (parcels & ACK_DRAWS));
        }
        boolean ready = protocol.isReady();
        if (!ready) {
            counters.processed = counters.received; // accepted, without work to do yet
        }
        return ready;
    }

    /**
     * Records that a parcel of a phase has arrived.
     *
     * @param channel index of the channel
     * @param version version of the parcel
     */
    public void onAcknowledged(int channel, long version) {
        departures.acknowledged(channel, version);
    }

    /**
     * Repeats parcels that were not confirmed in time, and releases those that no newer parcel has
     * overtaken.
     *
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void onAlarm(long at) {
        departures.onAlarm(at);
    }

    /**
     * Lets the cell relax and passes on the signals that it sends.
     *
     * @param at the present moment, nanoseconds of host time since the phase began
     * @return true if the cell is to relax again although nothing may arrive
     */
    public boolean relax(long at) {
        departures.at(at);
        counters.processed = counters.received;
        if (!protocol.isReady()) {
            return false;
        }
        long steps = cell.steps();
        int chain = counters.chain;
        counters.lengthenChain();
        if (sampler != null) {
            sampler.relaxing();
        }
        boolean again = protocol.relax(departures);
        counters.relaxations++;
        if (cell.steps() == steps) {
            counters.chain = chain;
        } else {
            moved(at);
        }
        departures.setAlarm();
        return again;
    }

    private void moved(long at) {
        if (plan.discipline().isInStep()) {
            counters.foldState(cell);
        }
        if (sampler != null) {
            sampler.relaxed(at);
        }
    }

    /**
     * {@return the first wait of a phase in nanoseconds, which keeps cells from starting at the
     * same moment}
     */
    public long stagger() {
        return plan.clock() == null ? (long) (plan.refractory(cell.id()) * jitter()) : clockPause();
    }

    /** {@return the pause of the cell after a relaxation, nanoseconds} */
    public long pause() {
        long usual =
                plan.clock() == null
                        ? (long) (plan.refractory(cell.id()) * (0.5 + jitter()))
                        : clockPause();
        if (faults().pauseNanos() > 0) {
            counters.count(Incident.SLOWED);
        }
        return usual + faults().pauseNanos();
    }

    private CellFaults faults() {
        return plan.faults().get(cell.id().index());
    }

    private long clockPause() {
        return plan.countsFromNews() ? 0 : clockNanos();
    }

    private long clockNanos() {
        return plan.discipline().waitNanos(plan.seed(), cell.id().index(), counters.relaxations);
    }

    /**
     * {@return the wait of a cell after a new signal and after its pause, in nanoseconds; 0 without
     * a clock that counts from that moment}
     */
    public long tick() {
        return plan.countsFromNews() ? clockNanos() : 0;
    }

    /** {@return whether cells wait before they relax} */
    public boolean waits() {
        return plan.refractory(cell.id()) > 0 || plan.clock() != null || faults().pauseNanos() > 0;
    }

    /** Uniform in [0, 1), a function of (seed, cell, its number of relaxations). */
    private double jitter() {
        return plan.refractory(cell.id()) == 0
                ? 0.0
                : Clock.uniform(plan.seed(), cell.id().index(), counters.relaxations);
    }

    /**
     * Continues after the network was quiescent.
     *
     * @param unheard outgoing links whose last signal did not arrive
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void resume(List<Link> unheard, long at) {
        departures.resume(at);
        protocol.resume(unheard, departures);
        departures.setAlarm();
    }

    /**
     * Resends the last signal of a link: its receiver lost its state.
     *
     * @param link outgoing link of the cell
     * @param at the present moment, nanoseconds of host time since the phase began
     */
    public void onAsked(Link link, long at) {
        departures.at(at);
        counters.received++;
        if (cell.lastSignals().hasWord(link)) {
            protocol.repeat(link, departures);
        }
        departures.setAlarm();
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
        for (Link link : plan.heardOn(cell.id().index())) {
            counters.wakeUps++; // in flight until the neighbour has answered
            departures.ask(link);
        }
        return true;
    }

    /** {@return what a probe finds here} */
    public Counts counts() {
        long emitted = counters.sent + unconfirmed();
        return new Counts(
                emitted + counters.wakeUps,
                counters.processed,
                emitted + counters.lost(),
                counters.relaxations);
    }

    /** {@return signals sent and wake-ups, less those received and processed} */
    public long unfinished() {
        return counters.sent + unconfirmed() + counters.wakeUps - counters.processed;
    }

    /** {@return the number of unconfirmed parcels, which count as in flight} */
    public int unconfirmed() {
        return departures.unconfirmed();
    }

    /**
     * Writes down all that changes in this slot, its cell and its protocol.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        out.writeLong(phaseId);
        out.writeLong(parcels);
        out.writeInt(restarts);
        counters.save(out);
        cell.save(out);
        protocol.save(out);
        departures.save(out);
    }

    /**
     * Reads back what {@link #save} has written. Nothing is sent, and no alarm requested, by that.
     *
     * @param in source of what was saved
     * @param phase the phase that was open
     */
    public void load(StateReader in, Phase phase) {
        phaseId = in.readLong();
        parcels = in.readLong();
        restarts = in.readInt();
        counters.load(in);
        cell.load(in, phase);
        protocol.load(in);
        departures.load(in, plan.channels().size());
    }
}
