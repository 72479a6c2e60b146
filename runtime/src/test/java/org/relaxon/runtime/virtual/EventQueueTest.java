package org.relaxon.runtime.virtual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

class EventQueueTest {
    private record Event(long time, long sequence, int code, Object payload) {}

    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence);

    private final EventQueue queue = new EventQueue();
    private long added; // to the queue since it was empty

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

    /** Spans from an event to one that it causes, nanoseconds. */
    private enum Spans {
        TIES {
            @Override
            long next(SplittableRandom random) {
                return random.nextInt(random.nextBoolean() ? 3 : 10_000);
            }
        },
        NONE {
            @Override
            long next(SplittableRandom random) {
                return 0;
            }
        },
        CONSTANT {
            @Override
            long next(SplittableRandom random) {
                return 1_000_000;
            }
        },
        EXPONENTIAL {
            @Override
            long next(SplittableRandom random) {
                return (long) (-1e6 * Math.log1p(-random.nextDouble()));
            }
        },
        HEAVY_TAIL {
            @Override
            long next(SplittableRandom random) {
                return (long) (1e3 * Math.pow(1.0 - random.nextDouble(), -1.0 / 0.7));
            }
        },
        TWO_SCALES {
            @Override
            long next(SplittableRandom random) {
                return random.nextInt(4) > 0 ? random.nextInt(8) : random.nextLong(1L << 50);
            }
        };

        abstract long next(SplittableRandom random);
    }

    @ParameterizedTest
    @EnumSource
    void anyMixOfAddingAndTakingAgreesWithASortedSet(Spans spans) {
        for (long seed = 1; seed <= 4; seed++) {
            queue.clear();
            agreesWithASortedSet(spans, seed);
        }
    }

    private void agreesWithASortedSet(Spans spans, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Event> reference = new TreeSet<>(ORDER);
        long now = 0;
        for (int step = 0; step < 60_000; step++) {
            String context = spans + ", seed " + seed + ", step " + step;
            // grows, then drains, twice: once to the last event, once from many
            int phase = step % 30_000;
            if (random.nextInt(100) < (phase < 15_000 ? 65 : 30)) {
                long at = now + spans.next(random);
                Event event = new Event(at, added++, random.nextInt(), new Object());
                queue.add(event.time(), event.code(), event.payload());
                reference.add(event);
            } else {
                Event expected = reference.pollFirst();
                now = expected == null ? now : expected.time();
                requireNext(expected, random.nextBoolean(), context);
            }
            assertEquals(reference.size(), queue.size(), context);
        }
        added = 0;
    }

    private void requireNext(Event expected, boolean looksFirst, String context) {
        if (expected != null && looksFirst) {
            assertEquals(expected.time(), queue.nextTime(), context);
        }
        assertEquals(expected != null, queue.next(), context);
        if (expected != null) {
            assertEquals(expected.time(), queue.time(), context);
            assertEquals(expected.sequence(), queue.sequence(), context);
            assertEquals(expected.code(), queue.code(), context);
            assertSame(expected.payload(), queue.payload(), context);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSavedMidwayGoesOnInTheSameOrder(Spans spans) {
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 5_000; k++) {
            queue.add(spans.next(random), k, null);
        }
        for (int k = 0; k < 2_000; k++) {
            assertTrue(queue.next());
            queue.add(queue.time() + spans.next(random), k, null);
        }
        queue.nextTime(); // opens a day
        byte[] saved = saved(queue);
        EventQueue other = new EventQueue();
        Wire.read(
                saved,
                Kind.SETTLING,
                in -> {
                    other.load(in, code -> null);
                    return other;
                });

        assertArrayEquals(saved, saved(other));
        for (int k = 0; k < 10_000; k++) {
            assertTrue(queue.next());
            assertTrue(other.next());
            assertEquals(queue.time(), other.time());
            assertEquals(queue.sequence(), other.sequence());
            assertEquals(queue.code(), other.code());
            long span = spans.next(random);
            queue.add(queue.time() + span, k, null);
            other.add(other.time() + span, k, null);
        }
    }

    private static byte[] saved(EventQueue queue) {
        return Wire.bytes(Kind.SETTLING, out -> queue.save(out, (code, payload) -> {}));
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
