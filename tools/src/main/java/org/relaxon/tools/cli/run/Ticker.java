package org.relaxon.tools.cli.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs an action at regular times, on a daemon thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
    private final ScheduledExecutorService clock;

    /**
     * Begins at once.
     *
     * @param action must not throw
     * @param millis between the end of one action and the next
     */
    public Ticker(Runnable action, long millis) {
        clock =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread thread = new Thread(work, "relaxon-progress");
                            thread.setDaemon(true);
                            return thread;
                        });
        var unused = clock.scheduleWithFixedDelay(action, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
