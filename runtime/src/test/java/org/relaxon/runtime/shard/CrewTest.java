package org.relaxon.runtime.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks between runs. */
class CrewTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Crew crew = new Crew(pool, 2);
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        pool.shutdown();
    }

    private void note() {
        threads.add(Thread.currentThread());
    }

    @Test
    void twoTasksRunAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2); // neither passes without the other
        Runnable meet =
                () -> {
                    try {
                        both.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    note();
                };
        crew.run(List.of(meet, meet));
        assertEquals(2, threads.stream().distinct().count());
    }

    @Test
    void allTasksHaveEndedAndASingleOneStaysHere() {
        crew.run(Stream.<Runnable>generate(() -> this::note).limit(50).toList());
        assertEquals(50, threads.size());
        threads.clear();
        crew.run(List.of(this::note));
        assertSame(Thread.currentThread(), threads.remove());
        crew.runThere(List.of(this::note));
        assertNotSame(Thread.currentThread(), threads.remove());
        crew.run(List.of());
        assertTrue(threads.isEmpty());
    }

    @Test
    void aTaskThatFailsDoesNotHideItsReason() {
        Runnable fails =
                () -> {
                    throw new ArithmeticException("no sum");
                };
        Runnable breaks =
                () -> {
                    throw new AssertionError("no state");
                };
        for (Crew each : List.of(crew, Crew.CALLER)) {
            var said =
                    assertThrows(
                            ArithmeticException.class, () -> each.run(List.of(fails, this::note)));
            assertEquals("no sum", said.getMessage());
            assertThrows(AssertionError.class, () -> each.run(List.of(breaks, this::note)));
        }
    }

    /** A host may be closed by another thread. */
    @Test
    void aPoolThatHasEndedLeavesTheWorkToTheCaller() {
        pool.shutdown();
        crew.run(List.of(this::note, this::note));
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), List.copyOf(threads));
    }
}
