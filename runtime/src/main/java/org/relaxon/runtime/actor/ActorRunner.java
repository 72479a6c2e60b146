package org.relaxon.runtime.actor;

import akka.actor.typed.ActorRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Runner;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.settling.SteppedRunner;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Shards;

/** The session's side of a {@link Coordinator}: starts runs and waits for their end. */
final class ActorRunner implements Runner {
    private final Shards shards;
    private final Crew crew;
    private final ActorRef<Coordinator.Command> coordinator;
    private final Traces traces;
    private final Runnable onClose;
    private volatile boolean cancelled;
    private volatile RuntimeException abandoned; // null while the actors live
    private volatile CompletableFuture<Coordinator.Outcome> current;
    private Budget budget;
    private long began;
    private Coordinator.Outcome last;

    ActorRunner(
            Shards shards,
            Crew crew,
            ActorRef<Coordinator.Command> coordinator,
            Traces traces,
            Runnable onClose) {
        this.shards = shards;
        this.crew = crew;
        this.coordinator = coordinator;
        this.traces = traces;
        this.onClose = onClose;
    }

    /** Without its actors a run would never end. */
    void abandon(String why) {
        abandon(new IllegalStateException(why));
    }

    /** The same, where runs fail with this. */
    void abandon(RuntimeException why) {
        abandoned = why;
        CompletableFuture<Coordinator.Outcome> run = current;
        if (run != null) {
            run.completeExceptionally(why);
        }
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public Crew crew() {
        return crew;
    }

    @Override
    public Samplers observe(Observation observation) {
        return traces.observe(observation);
    }

    @Override
    public Reason begin(long phaseId, Phase phase, Budget limits) {
        budget = limits;
        cancelled = false;
        traces.begin();
        began = System.nanoTime();
        CompletableFuture<Coordinator.Outcome> done = promise();
        coordinator.tell(new Coordinator.Start(phaseId, phase, limits, done));
        return await(done);
    }

    @Override
    public Reason resume(List<Link> unheard, long pauseNanos) {
        CompletableFuture<Coordinator.Outcome> done = promise();
        coordinator.tell(new Coordinator.Resume(unheard, pauseNanos, done));
        return await(done);
    }

    @Override
    public SteppedRunner stepped() {
        throw new UnsupportedOperationException(
                "host: akka runs cells on several threads and cannot stop between two events; use"
                        + " virtual");
    }

    private CompletableFuture<Coordinator.Outcome> promise() {
        CompletableFuture<Coordinator.Outcome> done = new CompletableFuture<>();
        current = done;
        if (abandoned != null) { // read after current is written, as abandon does it in reverse
            done.completeExceptionally(abandoned);
        }
        return done;
    }

    private Reason await(CompletableFuture<Coordinator.Outcome> done) {
        if (cancelled) {
            coordinator.tell(new Coordinator.Stop(Reason.CANCELLED));
        }
        try {
            long left = budget.nanos() - (System.nanoTime() - began);
            last = done.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            coordinator.tell(new Coordinator.Stop(Reason.TIME_BUDGET));
            last = join(done);
        } catch (InterruptedException e) {
            coordinator.tell(new Coordinator.Stop(Reason.CANCELLED));
            Thread.currentThread().interrupt();
            last = join(done);
        } catch (ExecutionException e) {
            throw failure(e);
        }
        return last.reason();
    }

    private static Coordinator.Outcome join(CompletableFuture<Coordinator.Outcome> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Exception e) {
        return e.getCause() instanceof NodeLostException lost
                ? lost
                : new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }

    @Override
    public CellCounters counters() {
        return traces.counters();
    }

    @Override
    public long hostNanos() {
        return last == null ? 0 : last.endNanos() - began;
    }

    @Override
    public long probeWaves() {
        return last == null ? 0 : last.waves();
    }

    @Override
    public long traceHash() {
        return 0; // wall-clock order is not reproducible
    }

    @Override
    public Map<String, Histogram> histograms() {
        return traces.histograms();
    }

    @Override
    public void cancel() {
        cancelled = true;
        coordinator.tell(new Coordinator.Stop(Reason.CANCELLED));
    }

    @Override
    public void close() {
        abandon("the session is closed");
        onClose.run();
    }
}
