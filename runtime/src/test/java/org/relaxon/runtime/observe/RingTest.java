package org.relaxon.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Population;
import org.relaxon.model.settle.Trained;

class RingTest {
    private static final Population MANY =
            new Population(1, "1", 1 << 20, Population.Role.HIDDEN, StandardActivation.TANH);

    private static Frame frame(int cell, long sequence) {
        CellId id = new CellId(cell, MANY, cell, cell + 1);
        Reading one = Reading.ofCell(Quantity.SENT, sequence);
        return new Frame(
                id, 1, sequence, sequence, sequence, Frame.Unit.SWEEPS, false, List.of(one));
    }

    private static List<Long> drained(Ring ring) {
        List<Long> out = new ArrayList<>();
        ring.drain(frame -> out.add(frame.sequence()));
        return out;
    }

    @Test
    void eventsArriveInTheirOrderAndOnce() {
        Ring ring = new Ring(8);
        for (long k = 1; k <= 5; k++) {
            ring.sampled(frame(0, k));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), drained(ring));
        assertEquals(List.of(), drained(ring));
        ring.sampled(frame(0, 6));
        assertEquals(List.of(6L), drained(ring));
        assertEquals(0, ring.lost());
    }

    @Test
    void theOldestAreReplacedAndCounted() {
        Ring ring = new Ring(3);
        for (long k = 1; k <= 10; k++) {
            ring.sampled(frame(0, k));
        }
        assertEquals(7, ring.lost(), "before a drain");
        assertEquals(List.of(8L, 9L, 10L), drained(ring));
        assertEquals(7, ring.lost(), "after it");
    }

    @Test
    void aRingOfOneKeepsTheNewest() {
        Ring ring = new Ring(1);
        for (long k = 1; k <= 4; k++) {
            ring.sampled(frame(0, k));
        }
        List<String> seen = new ArrayList<>();
        ring.presented(1, new Trained(null, true));
        ring.drain(
                new Observer() {
                    @Override
                    public void sampled(Frame frame) {
                        seen.add("frame");
                    }

                    @Override
                    public void presented(long phaseId, Trained end) {
                        seen.add("end of " + phaseId);
                    }
                });
        assertEquals(List.of("end of 1"), seen);
        assertEquals(4, ring.lost());
    }

    @Test
    void anEventThatItsObserverRefusesIsNotDeliveredAgain() {
        Ring ring = new Ring(4);
        ring.sampled(frame(0, 1));
        ring.sampled(frame(0, 2));
        assertThrows(
                ArithmeticException.class,
                () ->
                        ring.drain(
                                frame -> {
                                    throw new ArithmeticException();
                                }));
        assertEquals(List.of(2L), drained(ring));
    }

    /** What several threads write is delivered or counted, and that of each thread in order. */
    @Test
    void nothingIsUncountedWithManyWriters() throws InterruptedException {
        int writers = 4;
        long each = 20_000;
        for (int capacity : new int[] {1, 2, 64, 1 << 20}) {
            Ring ring = new Ring(capacity);
            CyclicBarrier together = new CyclicBarrier(writers + 1);
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int cell = w;
                Thread thread =
                        new Thread(
                                () -> {
                                    meet(together);
                                    LongStream.rangeClosed(1, each)
                                            .forEach(k -> ring.sampled(frame(cell, k)));
                                });
                thread.start();
                threads.add(thread);
            }
            long[] last = new long[writers];
            Observer ordered =
                    frame -> {
                        int w = frame.cell().index();
                        assertTrue(frame.sequence() > last[w], "out of order");
                        last[w] = frame.sequence();
                    };
            long delivered = 0;
            meet(together);
            while (threads.stream().anyMatch(Thread::isAlive)) {
                delivered += ring.drain(ordered);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            delivered += ring.drain(ordered);
            assertEquals(writers * each, delivered + ring.lost(), "capacity " + capacity);
            assertEquals(capacity < writers * each, ring.lost() > 0, "capacity " + capacity);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCapacityOutOfRangeIsRefused() {
        for (int bad : new int[] {0, -1, Ring.CAPACITY_MAX + 1}) {
            Exception refused = assertThrows(IllegalArgumentException.class, () -> new Ring(bad));
            assertEquals("capacity: %d is not in 1..16777216".formatted(bad), refused.getMessage());
        }
    }
}
