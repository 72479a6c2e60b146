package org.relaxon.runtime.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private record Event(long time, long sequence, int code, Object payload) {}

    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence);

    private final EventQueue queue = new EventQueue();

    @Test
    void anEmptyQueueHasNoNextEvent() {
        assertFalse(queue.next());
        assertEquals(0, queue.size());
    }

    @Test
    void eventsComeInOrderOfTime() {
        queue.add(30, 3, null);
        queue.add(10, 1, "first");
        queue.add(20, 2, null);

        assertTrue(queue.next());
        assertEquals(10, queue.time());
        assertEquals(1, queue.code());
        assertEquals("first", queue.payload());
        assertTrue(queue.next());
        assertEquals(20, queue.time());
        assertNull(queue.payload());
        assertTrue(queue.next());
        assertEquals(30, queue.time());
        assertFalse(queue.next());
    }

    @Test
    void eventsOfOneMomentComeInTheOrderInWhichTheyWereAdded() {
        for (int k = 0; k < 5_000; k++) {
            queue.add(7, k, null);
        }
        for (int k = 0; k < 5_000; k++) {
            assertTrue(queue.next());
            assertEquals(k, queue.code());
            assertEquals(k, queue.sequence());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyMixOfAddingAndTakingAgreesWithASortedSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Event> reference = new TreeSet<>(ORDER);
        long sequence = 0;
        long now = 0;
        for (int step = 0; step < 60_000; step++) {
            String context = "seed " + seed + ", step " + step;
            // grows for the first half, then drains; ties are common
            boolean add = random.nextInt(100) < (step < 30_000 ? 65 : 35);
            if (add) {
                long at = now + random.nextInt(random.nextBoolean() ? 3 : 10_000);
                Event event = new Event(at, sequence++, random.nextInt(), new Object());
                queue.add(event.time(), event.code(), event.payload());
                reference.add(event);
            } else {
                Event expected = reference.pollFirst();
                assertEquals(expected != null, queue.next(), context);
                if (expected != null) {
                    assertEquals(expected.time(), queue.time(), context);
                    assertEquals(expected.sequence(), queue.sequence(), context);
                    assertEquals(expected.code(), queue.code(), context);
                    assertSame(expected.payload(), queue.payload(), context);
                    now = expected.time();
                }
            }
            assertEquals(reference.size(), queue.size(), context);
        }
    }

    @Test
    void timesAtBothEndsOfTheRangeAreOrdered() {
        queue.add(Long.MAX_VALUE, 2, null);
        queue.add(0, 1, null);
        queue.add(Long.MIN_VALUE, 0, null);
        for (int k = 0; k < 3; k++) {
            assertTrue(queue.next());
            assertEquals(k, queue.code());
        }
    }

    @Test
    void aClearedQueueStartsAgainAtSequenceZero() {
        for (int k = 0; k < 3_000; k++) {
            queue.add(k, k, "old");
        }
        assertTrue(queue.next());
        queue.clear();
        assertEquals(0, queue.size());
        assertFalse(queue.next());

        queue.add(5, 42, "new");
        assertTrue(queue.next());
        assertEquals(0, queue.sequence());
        assertEquals(42, queue.code());
        assertEquals("new", queue.payload());
        assertFalse(queue.next());
    }
}
