package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.dispatch.MonitorableThreadFactory;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import scala.Option;

class FairPoolTest {
    private static final int TURNS = 100_000;

    /** Wakes itself by way of the pool, as two cells that never rest wake each other. */
    private static final class Restless implements Runnable {
        private final ExecutorService pool;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch waiting = new CountDownLatch(1);
        private final CompletableFuture<Integer> answer = new CompletableFuture<>();
        private int turns;

        Restless(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void run() {
            if (turns++ == 0) {
                begun.countDown();
                awaitOutside();
            }
            if (turns <= TURNS && !answer.isDone()) {
                pool.execute(this);
            }
        }

        private void awaitOutside() {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** How many turns it had before a task from this thread ran. */
        int turnsBeforeOutside() throws Exception {
            pool.execute(this);
            begun.await();
            pool.execute(() -> answer.complete(turns));
            waiting.countDown();
            return answer.get();
        }
    }

    @Test
    void aTaskFromOutsideRunsBesideTasksThatNeverRest() throws Exception {
        ExecutorService pool =
                new FairPool(ConfigFactory.parseString("threads = 1"), null)
                        .createExecutorServiceFactory("cells", factory())
                        .createExecutorService();
        int turns = new Restless(pool).turnsBeforeOutside();
        pool.shutdown();
        assertTrue(turns <= 2, turns + " turns");
    }

    @Test
    void inAnOrdinaryPoolItWaitsUntilTheyRest() throws Exception {
        ExecutorService pool =
                new ForkJoinPool(1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
        int turns = new Restless(pool).turnsBeforeOutside();
        pool.shutdown();
        assertEquals(TURNS + 1, turns);
    }

    private static MonitorableThreadFactory factory() {
        return new MonitorableThreadFactory(
                "cells",
                true,
                Option.empty(),
                MonitorableThreadFactory.doNothing(),
                new AtomicLong());
    }
}
