package org.relaxon.experiments.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Session;

/** Runs the points of a grid that are missing, several at once. */
public final class SweepExecutor {
    private static final long PERIOD_MILLIS = 50;

    private final GridRuns run;
    private final int threads;

    /**
     * Prepares the runs of a grid.
     *
     * @param run the points and how each becomes a row; called from several threads
     * @param threads runs at once, at least 1
     */
    public SweepExecutor(GridRuns run, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: need at least 1, got " + threads);
        }
        this.run = run;
        this.threads = threads;
    }

    /** The shared state of the threads of one sweep. */
    private static final class Shared {
        private final Map<Integer, SweepRow> rows = new TreeMap<>();
        private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile boolean stopping;
    }

    /**
     * Runs all points of a part of the grid that have no row yet.
     *
     * @param shard part of the grid
     * @param done rows by index that need not be run again
     * @param listener receives every finished row, one at a time
     * @param stop true once the user requests an end; rows finished by then are returned
     * @return rows by index, in grid order, those of {@code done} included
     * @throws IOException if the listener cannot store a row
     */
    public Map<Integer, SweepRow> run(
            Shard shard, Map<Integer, SweepRow> done, SweepListener listener, BooleanSupplier stop)
            throws IOException {
        Shared shared = new Shared();
        shared.rows.putAll(done);
        shared.stopping = stop.getAsBoolean();
        List<GridPoint> missing =
                run.grid().all().stream()
                        .filter(p -> shard.owns(p.index()) && !done.containsKey(p.index()))
                        .toList();
        ExecutorService pool = Executors.newFixedThreadPool(threads, SweepExecutor::thread);
        try {
            missing.forEach(p -> pool.execute(() -> one(p, shared, listener)));
            pool.shutdown();
            await(pool, shared, stop);
        } finally {
            pool.shutdownNow();
        }
        rethrow(shared.failure.get());
        synchronized (shared) {
            return new TreeMap<>(shared.rows);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "relaxon-sweep");
        thread.setDaemon(true);
        return thread;
    }

    private void one(GridPoint point, Shared shared, SweepListener listener) {
        if (shared.stopping) {
            return;
        }
        try {
            SweepRow row =
                    Effort.until(() -> shared.stopping, () -> run.run(point, shared.sessions));
            if (row.reason().equals(Reason.NODE_LOST.reportName())) {
                throw new NodeLostException(row.detail()); // no result of the run
            }
            if (!row.reason().equals(Reason.CANCELLED.reportName())) {
                keep(row, shared, listener);
            }
        } catch (GaveUpException e) {
            shared.stopping = true; // it was requested
        } catch (IOException | RuntimeException | Error e) {
            shared.failure.compareAndSet(null, e);
            shared.stopping = true;
        }
    }

    private static void keep(SweepRow row, Shared shared, SweepListener listener)
            throws IOException {
        synchronized (shared) {
            if (shared.failure.get() == null) {
                listener.finished(row);
                shared.rows.put(row.index(), row);
            }
        }
    }

    private static void await(ExecutorService pool, Shared shared, BooleanSupplier stop) {
        try {
            while (!pool.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                shared.stopping |= stop.getAsBoolean();
                if (shared.stopping) {
                    shared.sessions.forEach(Session::cancel); // repeatedly: see Session
                }
            }
        } catch (InterruptedException e) {
            shared.stopping = true;
            shared.sessions.forEach(Session::cancel);
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof UncheckedIOException unchecked) {
            throw unchecked.getCause();
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }
}
