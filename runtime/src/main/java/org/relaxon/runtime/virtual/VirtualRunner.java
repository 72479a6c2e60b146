package org.relaxon.runtime.virtual;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Outbox;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.LinkPlan;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.settling.Runner;

/**
 * Runs cells in virtual time on one thread. A cell that hears something relaxes when everything
 * else that arrives at the same moment has been recorded and its own jittered refractory period is
 * over. The empty queue proves quiescence; with {@link RunPlan#probes} a detector has to find it
 * out.
 */
final class VirtualRunner implements Runner {
    private static final long JITTER_STREAM = 1L << 48;

    private final Cell[] cells;
    private final CellCounters[] counters;
    private final long[] nextFree; // end of the refractory period
    private final boolean[] due; // a relaxation of this cell is in the queue
    private final int[] receiver; // per link
    private final int[] slot; // per link
    private final LinkPlan links;
    private final ProbeWaves probes; // null: the empty queue decides
    private final long refractory;
    private final long seed;
    private final EventQueue queue = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private final Outbox outbox = this::send;
    private final Histogram latencyNanos = Histograms.nanos();
    private final Histogram inboxWaitNanos = Histograms.nanos();
    private final long[] firstArrival;
    private Budget budget;
    private long now;
    private long sent;
    private int sender;
    private volatile boolean cancelled;

    VirtualRunner(Wiring wiring, RunPlan plan, WaveDetector detector) {
        int count = wiring.cells().size();
        cells = new Cell[count];
        counters = new CellCounters[count];
        for (int k = 0; k < count; k++) {
            cells[k] = new Cell(wiring, k, plan.rule(), plan.kernels(), plan.threshold());
            counters[k] = new CellCounters();
        }
        nextFree = new long[count];
        due = new boolean[count];
        firstArrival = new long[count];
        receiver = wiring.links().stream().mapToInt(Link::to).toArray();
        slot = wiring.links().stream().mapToInt(Link::slot).toArray();
        links = new LinkPlan(wiring, plan.delay(), plan.cuts(), plan.seed());
        refractory = plan.effectiveRefractoryNanos();
        seed = plan.seed();
        probes = detector == null ? null : new ProbeWaves(detector, links, queue, counters);
    }

    @Override
    public List<Cell> cells() {
        return List.of(cells);
    }

    @Override
    public Reason begin(long phaseId, Phase phase, Budget limits) {
        budget = limits;
        cancelled = false;
        now = 0;
        sent = 0;
        queue.clear();
        trace.reset();
        latencyNanos.reset();
        inboxWaitNanos.reset();
        for (int k = 0; k < cells.length; k++) {
            cells[k].open(phaseId, phase);
            counters[k].reset();
            nextFree[k] = 0;
            due[k] = false;
            long stagger = (long) (refractory * jitter(k)); // cells share no first moment
            wake(k, stagger);
        }
        if (probes != null) {
            probes.begin(phaseId, now, cells.length);
        }
        return run();
    }

    @Override
    public Reason resume(List<Link> unheard, long pauseNanos) {
        now += pauseNanos;
        for (Link link : unheard) {
            sender = link.from();
            cells[sender].reannounce(link, outbox);
        }
        if (probes != null) {
            probes.resume(now);
        }
        return run();
    }

    private Reason run() {
        Reason spent = stopReason(); // the pause before a thaw takes time as well
        if (spent != null) {
            return spent;
        }
        while (queue.next()) {
            now = queue.time();
            int code = queue.code();
            if (code >= 0) {
                deliver(code, (Signal) queue.payload());
            } else if (queue.payload() != null) {
                if (probes.handle((ProbeWaves.Event) queue.payload(), now)) {
                    requireTrulyQuiet();
                    return stopReason();
                }
            } else {
                relax(-1 - code);
            }
            Reason reason = stopReason();
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private Reason stopReason() {
        if (sent > budget.messages()) {
            return Reason.MESSAGE_BUDGET;
        }
        if (now > budget.nanos()) {
            return Reason.TIME_BUDGET;
        }
        if (queue.size() > budget.inFlight()) {
            return Reason.IN_FLIGHT_BUDGET;
        }
        return cancelled ? Reason.CANCELLED : null;
    }

    /** The queue is the oracle: a detector that speaks while anything is left in it is broken. */
    private void requireTrulyQuiet() {
        if (queue.size() != 0) {
            throw new FalseQuiescenceException(queue.size(), now);
        }
    }

    private void deliver(int link, Signal signal) {
        int to = receiver[link];
        CellCounters c = counters[to];
        c.received++;
        trace.delivered(now, queue.sequence(), link, signal);
        Receipt receipt = cells[to].receive(slot[link], signal);
        if (receipt == Receipt.STALE) {
            c.stale++;
        } else if (receipt == Receipt.LATE) {
            c.late++;
        }
        if (!due[to]) {
            firstArrival[to] = now;
            schedule(to, Math.max(now, nextFree[to]));
        }
    }

    private void wake(int cell, long at) {
        counters[cell].wakeUps++;
        counters[cell].received++;
        firstArrival[cell] = at;
        schedule(cell, at);
    }

    private void schedule(int cell, long at) {
        due[cell] = true;
        queue.add(at, -1 - cell, null);
    }

    private void relax(int cell) {
        CellCounters c = counters[cell];
        due[cell] = false;
        sender = cell;
        inboxWaitNanos.recordValue(Histograms.clip(now - firstArrival[cell]));
        boolean again;
        try {
            again = cells[cell].relax(outbox);
        } catch (RuntimeException | Error e) {
            throw CellFailure.of(cells[cell].id(), e);
        }
        c.processed = c.received;
        c.relaxations++;
        nextFree[cell] = now + (long) (refractory * (0.5 + jitter(cell)));
        if (again) {
            wake(cell, nextFree[cell]); // pending work of its own, which quiescence waits for
        }
    }

    private void send(int link, Signal signal) {
        sent++;
        long travel = links.travelNanos(link, signal, now);
        if (travel == LinkPlan.LOST) {
            counters[sender].lost++;
            return;
        }
        counters[sender].sent++;
        latencyNanos.recordValue(Histograms.clip(travel));
        queue.add(now + travel, link, signal);
    }

    /** Uniform in [0, 1), a function of (seed, cell, its number of relaxations). */
    private double jitter(int cell) {
        return refractory == 0
                ? 0.0
                : CounterRandom.uniform(seed, JITTER_STREAM + cell, counters[cell].relaxations);
    }

    @Override
    public CellCounters counters() {
        CellCounters total = new CellCounters();
        for (CellCounters c : counters) {
            total.add(c);
        }
        return total;
    }

    @Override
    public long hostNanos() {
        return now;
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
