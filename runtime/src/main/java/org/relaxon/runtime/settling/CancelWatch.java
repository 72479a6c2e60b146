package org.relaxon.runtime.settling;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Polls several times a second whether a run is to stop, and then cancels the settling in progress.
 * A supplier, or an interruption of the running thread, requests the stop.
 */
public final class CancelWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final Thread owner = Thread.currentThread();
    private final BooleanSupplier wish;
    private final ScheduledExecutorService clock;
    private volatile Runnable cancel = () -> {};

    /**
     * Watches on behalf of the calling thread.
     *
     * @param wish true once the run is to stop; called from another thread
     */
    public CancelWatch(BooleanSupplier wish) {
        this.wish = wish;
        clock =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "relaxon-cancel-watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        var unused =
                clock.scheduleAtFixedRate(
                        this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** {@return whether to stop; an interruption stays set, so that the caller sees it} */
    public boolean cancelled() {
        return owner.isInterrupted() || wish.getAsBoolean();
    }

    /**
     * Registers the action that cancels the settling in progress; thread-safe.
     *
     * @param current called from another thread, repeatedly, once the run is to stop
     */
    public void watch(Runnable current) {
        cancel = current;
    }

    /** No settling is in progress. */
    public void rest() {
        cancel = () -> {};
    }

    private void look() {
        if (cancelled()) {
            cancel.run(); // repeatedly: a settling that just begins discards earlier requests
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
