package org.relaxon.runtime.settling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.relaxon.runtime.observe.Sampling;

class PacerTest {
    private static List<Long> due(LongPredicate isDue, long... at) {
        return LongStream.of(at).filter(isDue).boxed().toList();
    }

    private static long noClock() {
        throw new AssertionError("the wall clock was read");
    }

    @Test
    void relaxationsAreCountedFromTheFirstOfAPhase() {
        Pacer pacer = new Pacer(Sampling.everyRelaxations(3), PacerTest::noClock, false);
        for (int phase = 0; phase < 2; phase++) {
            pacer.open();
            assertEquals(List.of(1L, 4L, 7L), due(k -> pacer.isDue(k, 99), 1, 2, 3, 4, 5, 6, 7, 8));
            assertTrue(pacer.isDueAtEnd(0));
        }
    }

    @Test
    void aPauseGivesOneFrameAndNoBurst() {
        Pacer pacer = new Pacer(Sampling.everyHostNanos(10), PacerTest::noClock, false);
        pacer.open();
        assertEquals(
                List.of(3L, 10L, 57L, 61L),
                due(at -> pacer.isDue(1, at), 3, 9, 10, 19, 57, 58, 59, 61));
    }

    @Test
    void theWallClockGoesOnFromPhaseToPhase() {
        AtomicLong wall = new AtomicLong(Long.MAX_VALUE - 5); // a clock may wrap around
        Pacer pacer = new Pacer(Sampling.everyWallNanos(10), wall::get, false);
        pacer.open();
        assertTrue(pacer.isDue(1, 0));
        pacer.open();
        wall.addAndGet(9);
        assertFalse(pacer.isDue(1, 0), "a new phase");
        assertFalse(pacer.isDueAtEnd(0));
        wall.addAndGet(1);
        assertTrue(pacer.isDueAtEnd(0));
        assertFalse(pacer.isDue(1, 0));
    }

    @Test
    void aHostOfRealTimeReadsTheClockOncePerPhase() {
        AtomicLong wall = new AtomicLong(1_000);
        Pacer pacer = new Pacer(Sampling.everyWallNanos(10), wall::get, true);
        wall.addAndGet(3);
        pacer.open();
        wall.set(Long.MIN_VALUE); // nothing reads it now
        assertEquals(List.of(0L, 7L, 20L), due(at -> pacer.isDue(1, at), 0, 6, 7, 16, 20, 26));
        assertFalse(pacer.isDueAtEnd(26));
        assertTrue(pacer.isDueAtEnd(27));
        wall.set(1_005);
        pacer.open();
        assertFalse(pacer.isDue(1, 34), "a new phase");
        assertTrue(pacer.isDue(1, 35));
    }

    @Test
    void aPeriodBeyondAllTimeGivesOneFrame() {
        Pacer pacer = new Pacer(Sampling.everyHostNanos(Long.MAX_VALUE), PacerTest::noClock, false);
        pacer.open();
        assertEquals(List.of(5L), due(at -> pacer.isDue(1, at), 5, 6, Long.MAX_VALUE - 1));
    }
}
