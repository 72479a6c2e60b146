package org.relaxon.runtime.virtual;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Link;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.settling.SteppedRunner;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.CrashedCell;
import org.relaxon.runtime.slot.Line;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * Runs cells in virtual time on one thread. A cell that receives a parcel relaxes when all others
 * that arrive at the same moment have been recorded and its own pause is over. The empty queue
 * proves quiescence; with {@link org.relaxon.runtime.RunPlan#probes} a detector has to find it.
 */
final class VirtualRunner implements SteppedRunner, Line {
    private final Shards shards;
    private final Slot[] slots;
    private final Agenda agenda;
    private final Channels channels;
    private final Hunger hunger;
    private final ProbeWaves probes; // null: the empty queue decides
    private final EventQueue queue;
    private final Events events;
    private final Limits limits = new Limits();
    private final RunRecord record = new RunRecord();
    private long now;
    private long lastEvent;
    private final Arrivals arrivals;
    private long phaseId;
    private int harmless; // confirmations, alarms and parcels of earlier phases in the queue
    private boolean proven; // a detector has found quiescence
    private boolean ended;
    private Reason stopped; // null if the run that has ended is quiescent

    VirtualRunner(
            Slots session,
            Shards cells,
            ProbeWaves.Detectors detectors,
            Arrivals arrivals,
            EventQueue queue) {
        this.arrivals = arrivals;
        this.queue = queue;
        shards = cells;
        slots = session.around(cells).toArray(Slot[]::new);
        int count = slots.length;
        CellCounters[] counters = new CellCounters[count];
        for (int k = 0; k < count; k++) {
            slots[k].connect(this);
            counters[k] = slots[k].counters();
        }
        agenda = new Agenda(slots, queue);
        channels = session.channels();
        events = new Events(session.wires(), channels.size(), count);
        hunger = new Hunger(IntStream.range(0, count).map(session::starvedFor).toArray());
        LinkPlan links = session.links();
        probes = detectors == null ? null : new ProbeWaves(detectors, links, queue, slots);
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public Samplers observe(Observation observation) {
        return Slots.observe(List.of(slots), observation, Frame.Unit.VIRTUAL_NANOS);
    }

    @Override
    public void open(long id, Phase phase, Budget budget) {
        phaseId = id;
        limits.begin(budget);
        now = 0;
        lastEvent = 0;
        harmless = 0;
        goesOn();
        queue.clear();
        hunger.clear();
        record.reset();
        for (int k = 0; k < slots.length; k++) {
            slots[k].open(phaseId, phase);
            agenda.open(k);
        }
        if (probes != null) {
            probes.begin(phaseId, now);
        }
    }

    @Override
    public void reopen(List<Link> unheard, long pauseNanos) {
        boolean tooLong = pauseNanos > limits.nanos() - now;
        now = tooLong ? limits.nanos() : now + pauseNanos;
        lastEvent = now;
        if (tooLong) {
            stopped = Reason.TIME_BUDGET; // the pause takes time as well
            return;
        }
        goesOn();
        Map<Integer, List<Link>> bySender =
                unheard.stream().collect(Collectors.groupingBy(Link::from));
        for (int k = 0; k < slots.length; k++) {
            slots[k].resume(bySender.getOrDefault(k, List.of()), now);
            agenda.resume(k, now);
        }
        if (probes != null) {
            probes.resume(now);
        }
    }

    @Override
    public void save(StateWriter out) {
        out.writeLong(now);
        out.writeLong(lastEvent);
        out.writeInt(harmless);
        out.writeBoolean(proven);
        for (Slot slot : slots) {
            slot.save(out);
        }
        limits.save(out);
        agenda.save(out);
        hunger.save(out);
        queue.save(out, (code, payload) -> Events.save(code, payload, out));
        if (probes != null) {
            probes.save(out);
        }
        record.save(out);
    }

    @Override
    public void load(StateReader in, long id, Phase phase, Budget budget) {
        phaseId = id;
        limits.begin(budget);
        goesOn();
        now = in.readLong();
        lastEvent = in.readLong();
        harmless = in.readInt();
        proven = in.readBoolean();
        for (Slot slot : slots) {
            slot.load(in, phase);
        }
        limits.load(in);
        agenda.load(in);
        hunger.load(in, channels.size());
        queue.load(in, code -> events.load(code, in));
        if (probes != null) {
            probes.load(in);
        }
        record.load(in);
    }

    private void goesOn() {
        proven = false;
        ended = false;
        stopped = null;
    }

    @Override
    public long step(long events) {
        ended = ended || isOver(); // cancelled since
        long handled = 0;
        while (!ended && handled < events) {
            handleNext();
            handled++;
            ended = isOver();
        }
        return handled;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public Reason stopped() {
        return stopped;
    }

    /** Whether the network is quiescent or must stop; sets why. */
    private boolean isOver() {
        stopped = limits.reached(queue.size() + hunger.size());
        if (stopped != null || proven || queue.size() == 0) {
            return true;
        }
        if (queue.nextTime() <= limits.nanos()) {
            return false;
        }
        stopped = isQuiet() ? null : Reason.TIME_BUDGET; // time stops at its budget
        return true;
    }

    private void handleNext() {
        queue.next();
        now = queue.time();
        int code = queue.code();
        Object payload = queue.payload();
        if (code >= 0) {
            deliver(code, (Parcel) payload, queue.mark());
        } else if (payload == null) {
            relax(-1 - code);
        } else if (!(payload instanceof ProbeWaves.Event event)) {
            handle(payload);
        } else if (probes.handle(event, now)) {
            requireTrulyQuiet();
            proven = true;
        }
        feed();
    }

    private void handle(Object payload) {
        if (payload instanceof Events.Confirmation c) {
            harmless--;
            slots[channels.from(c.channel())].onAcknowledged(c.channel(), c.version());
        } else if (payload instanceof Events.Alarm alarm) {
            harmless--;
            slots[alarm.cell()].onAlarm(now);
        } else if (payload instanceof Events.Question question) {
            int cell = question.link().from();
            slots[cell].onAsked(question.link(), now);
            agenda.schedule(cell, now);
        } else {
            throw new AssertionError("no handler for " + payload);
        }
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

    private void deliver(int channel, Parcel parcel, int chain) {
        if (parcel.phase() != phaseId) {
            harmless--; // of an earlier phase: it is not waited for
            hand(channel, parcel, chain);
            return;
        }
        lastEvent = now;
        if (!hunger.keeps(channels.to(channel), channel, parcel, chain)) {
            hand(channel, parcel, chain);
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
            int starved = hunger.waited() > 0 ? 1 : 0;
            slots[cell].counters().count(CellCounters.Incident.STARVED, starved);
            lastEvent = now;
            hand(hunger.channel(), hunger.parcel(), hunger.chain());
        }
    }

    private void hand(int channel, Parcel parcel, int chain) {
        int to = channels.to(channel);
        record.delivered(now, queue.sequence(), channel, parcel);
        int slot = channels.slot(channel);
        boolean ready;
        try {
            Parcel arrived = arrivals.arrive(slots[to].cell(), slot, parcel);
            ready = slots[to].hear(slot, arrived, chain, now);
        } catch (CrashedCell crash) {
            if (!slots[to].restart()) {
                limits.died();
                return;
            }
            ready = true;
        }
        if (ready) {
            agenda.schedule(to, now);
        }
    }

    private void relax(int cell) {
        limits.relaxed();
        lastEvent = now;
        Slot slot = slots[cell];
        record.waited(agenda.take(cell, now));
        boolean again;
        try {
            again = slot.relax(now);
        } catch (RuntimeException | Error e) {
            throw CellFailure.of(slot.cell().id(), e);
        }
        agenda.relaxed(cell, now, again);
    }

    @Override
    public boolean admits() {
        return limits.admits();
    }

    @Override
    public void depart(int channel, Parcel parcel, int chain, long travelNanos) {
        record.departed(travelNanos);
        queue.add(now + travelNanos, channel, parcel, chain);
    }

    @Override
    public void stray(int channel, Parcel parcel, long travelNanos) {
        harmless++;
        queue.add(now + travelNanos, channel, parcel);
    }

    @Override
    public void acknowledge(int channel, long version, long travelNanos) {
        harmless++;
        queue.add(now + travelNanos, Events.OTHER, new Events.Confirmation(channel, version));
    }

    @Override
    public void ask(Link link) {
        queue.add(now, Events.OTHER, new Events.Question(link));
    }

    @Override
    public void alarm(int cell, long at) {
        harmless++;
        queue.add(at, Events.OTHER, new Events.Alarm(cell));
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
        return record.traceHash();
    }

    @Override
    public Map<String, Histogram> histograms() {
        return record.histograms();
    }

    @Override
    public void cancel() {
        limits.cancel();
    }

    @Override
    public void close() {
        queue.clear();
    }
}
