package org.relaxon.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread does. */
final class Until {
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private Until() {}

    static void holds(String what, long seconds, BooleanSupplier condition) {
        assertTrue(isSoon(seconds, condition), what);
    }

    static boolean isSoon(long seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean held = condition.getAsBoolean();
        while (!held && System.nanoTime() < end) {
            held = CompletableFuture.supplyAsync(condition::getAsBoolean, SOON).join();
        }
        return held;
    }
}
