package org.relaxon.experiments.claims;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.relaxon.runtime.Session;

/**
 * Looks a few times a second whether somebody wants a run to stop, and then cancels the settling
 * that is under way. The wish is expressed by a supplier or by interrupting the thread that runs.
 */
final class CancelWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final Thread owner = Thread.currentThread();
    private final BooleanSupplier wish;
    private final ScheduledExecutorService clock;
    private volatile Session session;

    CancelWatch(BooleanSupplier wish) {
        this.wish = wish;
        clock =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "relaxon-cancel-watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        clock.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether to stop; an interruption stays set, for the caller to see. */
    boolean cancelled() {
        return owner.isInterrupted() || wish.getAsBoolean();
    }

    /** The session to cancel from now on; null for none. */
    void watch(Session current) {
        session = current;
    }

    private void look() {
        Session current = session;
        if (current != null && cancelled()) {
            current.cancel(); // again and again: a settling that just begins forgets earlier wishes
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
