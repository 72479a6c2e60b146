package org.relaxon.runtime.synchronous;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CellFailure;
import org.relaxon.runtime.settling.Runner;

/** Sweeps: all cells relax, then all that they said is delivered; done when nothing was said. */
final class SweepRunner implements Runner {
    private record Posted(int link, Signal signal) {}

    private final List<Cell> cells = new ArrayList<>();
    private final List<Link> links;
    private final CellCounters counters = new CellCounters();
    private List<Posted> mail = new ArrayList<>();
    private Budget budget;
    private long sweeps;
    private volatile boolean cancelled;

    SweepRunner(Wiring wiring, RunPlan plan) {
        links = wiring.links();
        for (int k = 0; k < wiring.cells().size(); k++) {
            cells.add(new Cell(wiring, k, plan.rule(), plan.kernels(), plan.threshold()));
        }
    }

    @Override
    public List<Cell> cells() {
        return cells;
    }

    @Override
    public Reason begin(long phaseId, Phase phase, Budget limits) {
        budget = limits;
        cancelled = false;
        sweeps = 0;
        counters.reset();
        mail.clear();
        cells.forEach(c -> c.open(phaseId, phase));
        return run();
    }

    @Override
    public Reason resume(List<Link> unheard, long pauseNanos) {
        for (Link link : unheard) {
            cells.get(link.from()).reannounce(link, this::post);
        }
        return run();
    }

    private Reason run() {
        do {
            List<Posted> delivered = mail;
            mail = new ArrayList<>();
            for (Posted p : delivered) {
                Link link = links.get(p.link());
                cells.get(link.to()).receive(link.slot(), p.signal());
                counters.received++;
            }
            for (Cell cell : cells) {
                relax(cell);
                counters.relaxations++;
            }
            sweeps++;
            if (counters.sent > budget.messages()) {
                return Reason.MESSAGE_BUDGET;
            }
            if (cancelled) {
                return Reason.CANCELLED;
            }
        } while (!mail.isEmpty());
        return null;
    }

    private void relax(Cell cell) {
        try {
            cell.relax(this::post);
        } catch (RuntimeException | Error e) {
            throw CellFailure.of(cell.id(), e);
        }
    }

    private void post(int link, Signal signal) {
        counters.sent++;
        mail.add(new Posted(link, signal));
    }

    @Override
    public CellCounters counters() {
        return counters;
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
