package org.relaxon.runtime.virtual;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.metrics.SpanHistogram;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.shard.Shard;
import org.relaxon.runtime.slot.CrashedCell;
import org.relaxon.runtime.slot.Line;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * Runs cells in virtual time on one thread. A cell that receives a parcel relaxes when all others
 * that arrive at the same moment have been recorded and its own pause is over. The empty queue
 * proves quiescence; with {@link org.relaxon.runtime.RunPlan#probes} a detector has to find it.
 */
final class VirtualRunner implements Runner, Line {
    /** Events that are neither a parcel nor a relaxation; their payload determines their kind. */
    private static final int OTHER = -1;

    private record Confirmation(int channel, long version) {}

    private record Alarm(int cell) {}

    private record Question(Link link) {}

    private final Slot[] slots;
    private final Shard shard;
    private final long[] nextFree; // end of the pause
    private final boolean[] due; // a relaxation of this cell is in the queue
    private final Channels channels;
    private final Hunger hunger;
    private final ProbeWaves probes; // null: the empty queue decides
    private final EventQueue queue = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private final SpanHistogram latencyNanos = Histograms.nanos();
    private final SpanHistogram inboxWaitNanos = Histograms.nanos();
    private final long[] firstArrival;
    private Budget budget;
    private long now;
    private long lastEvent;
    private final Arrivals arrivals;
    private long said; // and repeated
    private boolean spent; // a parcel was refused because the message budget is spent
    private long relaxations;
    private long phaseId;
    private int harmless; // confirmations, alarms and parcels of earlier phases in the queue
    private Reason died;
    private volatile boolean cancelled;

    VirtualRunner(Slots session, List<Slot> around, WaveDetector detector, Arrivals arrivals) {
        this.arrivals = arrivals;
        int count = around.size();
        slots = around.toArray(Slot[]::new);
        shard = Slots.shard(around);
        CellCounters[] counters = new CellCounters[count];
        for (int k = 0; k < count; k++) {
            slots[k].connect(this);
            counters[k] = slots[k].counters();
        }
        nextFree = new long[count];
        due = new boolean[count];
        firstArrival = new long[count];
        channels = session.channels();
        int[] patience = new int[count];
        Arrays.setAll(patience, session::starvedFor);
        hunger = new Hunger(patience);
        LinkPlan links = session.links();
        probes = detector == null ? null : new ProbeWaves(detector, links, queue, slots);
    }

    @Override
    public Shard shard() {
        return shard;
    }

    @Override
    public Samplers observe(Observation observation) {
        return Slots.observe(List.of(slots), observation, Frame.Unit.VIRTUAL_NANOS);
    }

    @Override
    public Reason begin(long id, Phase phase, Budget limits) {
        phaseId = id;
        budget = limits;
        cancelled = false;
        died = null;
        now = 0;
        lastEvent = 0;
        said = 0;
        spent = false;
        relaxations = 0;
        harmless = 0;
        queue.clear();
        hunger.clear();
        trace.reset();
        latencyNanos.reset();
        inboxWaitNanos.reset();
        for (int k = 0; k < slots.length; k++) {
            slots[k].open(phaseId, phase);
            nextFree[k] = 0;
            due[k] = false;
            wake(k, slots[k].stagger() + slots[k].tick());
        }
        if (probes != null) {
            probes.begin(phaseId, now, slots.length);
        }
        return run();
    }

    @Override
    public Reason resume(List<Link> unheard, long pauseNanos) {
        boolean tooLong = pauseNanos > budget.nanos() - now;
        now = tooLong ? budget.nanos() : now + pauseNanos;
        lastEvent = now;
        if (tooLong) {
            return Reason.TIME_BUDGET; // the pause takes time as well
        }
        Map<Integer, List<Link>> bySender =
                unheard.stream().collect(Collectors.groupingBy(Link::from));
        for (int k = 0; k < slots.length; k++) {
            slots[k].resume(bySender.getOrDefault(k, List.of()), now);
            if (!due[k]) {
                wake(k, Math.max(now, nextFree[k]));
            }
        }
        if (probes != null) {
            probes.resume(now);
        }
        return run();
    }

    private Reason run() {
        Reason reached = stopReason();
        if (reached != null) {
            return reached;
        }
        while (queue.size() > 0) {
            if (queue.nextTime() > budget.nanos()) {
                return isQuiet() ? null : Reason.TIME_BUDGET; // time stops at its budget
            }
            queue.next();
            now = queue.time();
            int code = queue.code();
            Object payload = queue.payload();
            if (code >= 0) {
                deliver(code, (Parcel) payload);
            } else if (payload == null) {
                relax(-1 - code);
            } else if (!(payload instanceof ProbeWaves.Event event)) {
                handle(payload);
            } else if (probes.handle(event, now)) {
                requireTrulyQuiet();
                return stopReason();
            }
            feed();
            Reason reason = stopReason();
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private void handle(Object payload) {
        if (payload instanceof Confirmation c) {
            harmless--;
            slots[channels.from(c.channel())].onAcknowledged(c.channel(), c.version());
        } else if (payload instanceof Alarm alarm) {
            harmless--;
            slots[alarm.cell()].onAlarm(now);
        } else if (payload instanceof Question question) {
            int cell = question.link().from();
            slots[cell].onAsked(question.link(), now);
            schedule(cell);
        } else {
            throw new AssertionError("no handler for " + payload);
        }
    }

    private Reason stopReason() {
        if (spent) {
            return Reason.MESSAGE_BUDGET;
        }
        if (relaxations > budget.relaxations()) {
            return Reason.RELAXATION_BUDGET;
        }
        if (queue.size() + hunger.size() > budget.inFlight()) {
            return Reason.IN_FLIGHT_BUDGET;
        }
        return cancelled ? Reason.CANCELLED : died;
    }

    /** No event is left for which a settling waits, though confirmations and alarms may be. */
    private boolean isQuiet() {
        boolean confirmed = Arrays.stream(slots).allMatch(s -> s.unconfirmed() == 0);
        return probes == null && confirmed && queue.size() == harmless && hunger.size() == 0;
    }

    /**
     * The empty queue is the oracle: a detector that reports quiescence while events are left is
     * broken.
     */
    private void requireTrulyQuiet() {
        int underWay = queue.size() - harmless + hunger.size();
        if (underWay != 0) {
            throw new FalseQuiescenceException(underWay, now);
        }
    }

    private void deliver(int channel, Parcel parcel) {
        if (parcel.phase() != phaseId) {
            harmless--; // of an earlier phase: it is not waited for
            hand(channel, parcel);
            return;
        }
        lastEvent = now;
        if (!hunger.keeps(channels.to(channel), channel, parcel)) {
            hand(channel, parcel);
        }
    }

    /**
     * Delivers to starved cells the parcels that have waited long enough, or that are all that is
     * left.
     */
    private void feed() {
        while (hunger.size() > 0) {
            int probing = probes == null ? 0 : probes.underWay();
            int cell = hunger.next(queue.size() == harmless + probing);
            if (cell < 0) {
                return;
            }
            slots[cell].counters().starved += hunger.waited() > 0 ? 1 : 0;
            lastEvent = now;
            hand(hunger.channel(), hunger.parcel());
        }
    }

    private void hand(int channel, Parcel parcel) {
        int to = channels.to(channel);
        trace.delivered(now, queue.sequence(), channel, parcel);
        int slot = channels.slot(channel);
        boolean ready;
        try {
            Parcel arrived = arrivals.arrive(slots[to].cell(), slot, parcel);
            ready = slots[to].hear(slot, arrived, now);
        } catch (CrashedCell crash) {
            if (!slots[to].restart()) {
                died = Reason.CELL_LOST;
                return;
            }
            ready = true;
        }
        if (ready) {
            schedule(to);
        }
    }

    private void wake(int cell, long at) {
        slots[cell].wakeUp();
        firstArrival[cell] = at;
        add(cell, at);
    }

    private void schedule(int cell) {
        if (!due[cell]) {
            firstArrival[cell] = now;
            add(cell, Math.max(now, nextFree[cell]) + slots[cell].tick());
        }
    }

    private void add(int cell, long at) {
        due[cell] = true;
        queue.add(at, -1 - cell, null);
    }

    private void relax(int cell) {
        due[cell] = false;
        relaxations++;
        lastEvent = now;
        Slot slot = slots[cell];
        inboxWaitNanos.recordValue(Histograms.clip(now - firstArrival[cell]));
        boolean again;
        try {
            again = slot.relax(now);
        } catch (RuntimeException | Error e) {
            throw CellFailure.of(slot.cell().id(), e);
        }
        nextFree[cell] = now + slot.pause();
        if (again) {
            wake(cell, nextFree[cell] + slot.tick()); // pending work, for which quiescence waits
        }
    }

    @Override
    public boolean admits() {
        spent |= said >= budget.messages();
        said += spent ? 0 : 1;
        return !spent;
    }

    @Override
    public void depart(int channel, Parcel parcel, long travelNanos) {
        latencyNanos.recordValue(Histograms.clip(travelNanos));
        queue.add(now + travelNanos, channel, parcel);
    }

    @Override
    public void stray(int channel, Parcel parcel, long travelNanos) {
        harmless++;
        queue.add(now + travelNanos, channel, parcel);
    }

    @Override
    public void acknowledge(int channel, long version, long travelNanos) {
        harmless++;
        queue.add(now + travelNanos, OTHER, new Confirmation(channel, version));
    }

    @Override
    public void ask(Link link) {
        queue.add(now, OTHER, new Question(link));
    }

    @Override
    public void alarm(int cell, long at) {
        harmless++;
        queue.add(at, OTHER, new Alarm(cell));
    }

    @Override
    public CellCounters counters() {
        CellCounters total = new CellCounters();
        for (Slot slot : slots) {
            total.add(slot.counters());
        }
        return total;
    }

    @Override
    public long hostNanos() {
        return lastEvent;
    }

    @Override
    public long probeWaves() {
        return probes == null ? 0 : probes.waves();
    }

    @Override
    public long traceHash() {
        return trace.value();
    }

    @Override
    public Map<String, Histogram> histograms() {
        return Map.of(
                "signalLatencyNanos", latencyNanos.copy(),
                "inboxWaitNanos", inboxWaitNanos.copy());
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        queue.clear();
    }
}
