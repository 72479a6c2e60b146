package org.relaxon.runtime.synchronous;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.settling.CountedCell;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.settling.Sampler;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.settling.SteppedRunner;
import org.relaxon.runtime.shard.Shards;

/**
 * Sweeps: group by group, all cells of a group relax, then all signals are delivered; done when a
 * whole sweep has sent nothing and no cell wants another turn. One group makes a synchronous sweep,
 * two alternating ones a red-black sweep.
 */
final class SweepRunner implements Runner {
    /** A signal on its way, with the chain of its sender. */
    private record Posted(int link, Signal signal, int chain) {}

    private final Shards shards;
    private final List<CountedCell> cells;
    private final Links links;
    private final List<List<CountedCell>> groups = new ArrayList<>();
    private Samplers samplers = Samplers.NONE;
    private List<Posted> mail = new ArrayList<>();
    private Budget budget;
    private long sweeps;
    private long counted;
    private boolean spent; // a signal was refused because the message budget is spent
    private long relaxations;
    private volatile boolean cancelled;

    /** {@code groupOf} gives the group of a cell, from 0 to {@code count} - 1. */
    SweepRunner(Wiring wiring, Shards shards, int count, ToIntFunction<CellId> groupOf) {
        links = wiring.links();
        this.shards = shards;
        cells = shards.around(c -> new CountedCell(c, new CellCounters()));
        for (int g = 0; g < count; g++) {
            int group = g;
            groups.add(
                    cells.stream()
                            .filter(c -> groupOf.applyAsInt(c.cell().id()) == group)
                            .toList());
        }
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public Reason begin(long phaseId, Phase phase, Budget limits) {
        budget = limits;
        cancelled = false;
        sweeps = 0;
        counted = 0;
        spent = false;
        relaxations = 0;
        mail.clear();
        for (CountedCell one : cells) {
            one.counters().reset();
            one.cell().open(phaseId, phase);
        }
        return run();
    }

    @Override
    public Reason resume(List<Link> unheard, long pauseNanos) {
        for (Link link : unheard) {
            cells.get(link.from()).cell().lastSignals().reannounce(link, this::post);
        }
        return run();
    }

    @Override
    public SteppedRunner stepped() {
        throw new UnsupportedOperationException(
                "host: synchronous and red-black run whole sweeps and cannot stop between two"
                        + " events; use virtual");
    }

    private Reason run() {
        boolean again;
        do {
            again = false;
            for (List<CountedCell> group : groups) {
                again |= !mail.isEmpty();
                deliver();
                for (CountedCell one : group) {
                    again |= relax(one.cell(), one.counters());
                }
            }
            again |= !mail.isEmpty();
            sweeps++;
            if (spent) {
                return Reason.MESSAGE_BUDGET;
            }
            if (relaxations > budget.relaxations()) {
                return Reason.RELAXATION_BUDGET;
            }
            if (sweeps >= budget.nanos() && again) {
                return Reason.TIME_BUDGET;
            }
            if (cancelled) {
                return Reason.CANCELLED;
            }
        } while (again);
        return null;
    }

    private void deliver() {
        List<Posted> delivered = mail;
        mail = new ArrayList<>();
        for (Posted p : delivered) {
            CountedCell to = cells.get(links.to(p.link()));
            to.cell().receive(links.slot(p.link()), p.signal());
            to.counters().received++;
            to.counters().follow(p.chain());
            Sampler sampler = samplers.of(links.to(p.link()));
            if (sampler != null) {
                sampler.received(links.slot(p.link()));
            }
        }
    }

    private boolean relax(Cell cell, CellCounters own) {
        own.relaxations++;
        relaxations++;
        long steps = cell.steps();
        int chain = own.chain;
        own.lengthenChain();
        Sampler sampler = samplers.of(cell.id().index());
        try {
            if (sampler != null) {
                sampler.relaxing();
            }
            boolean again = cell.relax(this::post);
            if (cell.steps() == steps) {
                own.chain = chain;
            } else {
                own.foldState(cell);
                if (sampler != null) {
                    sampler.relaxed(sweeps);
                }
            }
            return again;
        } catch (RuntimeException | Error e) {
            throw CellFailure.of(cell.id(), e);
        }
    }

    @Override
    public Samplers observe(Observation observation) {
        samplers =
                Samplers.of(
                        observation,
                        Frame.Unit.SWEEPS,
                        cells,
                        (cell, slot) -> links.from(links.into(cell, slot)));
        return samplers;
    }

    private void post(int link, Signal signal) {
        spent |= counted >= budget.messages();
        if (spent) {
            return; // the run ends with this sweep
        }
        counted++;
        CellCounters sender = cells.get(links.from(link)).counters();
        sender.said++;
        sender.sent++;
        mail.add(new Posted(link, signal, sender.chain));
    }

    @Override
    public CellCounters counters() {
        CellCounters total = new CellCounters();
        cells.forEach(c -> total.add(c.counters()));
        return total;
    }

    /** Counts sweeps: this host has no time. */
    @Override
    public long hostNanos() {
        return sweeps;
    }

    @Override
    public long probeWaves() {
        return 0;
    }

    @Override
    public long traceHash() {
        return 0;
    }

    @Override
    public Map<String, Histogram> histograms() {
        return Map.of();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        mail.clear();
    }
}
