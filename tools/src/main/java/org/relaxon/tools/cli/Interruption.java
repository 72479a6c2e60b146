package org.relaxon.tools.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the work to stop, and keeps the process alive until it has written what
 * is whole, but not for longer than the limit.
 */
final class Interruption implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;
    private volatile Runnable onStop = () -> {};

    Interruption() {
        hook = new Thread(this::stop, "relaxon-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** True once the user has asked for the end. */
    boolean asked() {
        return asked;
    }

    /** Runs this, on another thread, when the user asks for the end. */
    void onStop(Runnable action) {
        onStop = action;
    }

    private void stop() {
        asked = true;
        onStop.run();
        try {
            if (!finished.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("relaxon: gave up waiting for the run to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is done, whole or not. */
    @Override
    public void close() {
        finished.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the end has begun meanwhile; the hook sees the latch
            }
        }
    }
}
