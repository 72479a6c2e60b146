package org.relaxon.tools.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.bench.Ratio;

/** A rate of signals needs no settled network, the time of a step does. */
class BenchTextTest {
    private static String text(boolean rate, int settled) {
        return BenchCommand.text(
                new Ratio(
                        "cells",
                        rate ? "signals/s" : "ms",
                        List.of(2.0),
                        List.of(4.0),
                        "floor",
                        rate,
                        settled,
                        2,
                        settled == 2 ? "" : "time-budget"));
    }

    @Test
    void anUnsettledRateSaysThatItIsARateAllTheSame() {
        assertTrue(text(true, 0).contains("not settled: 2 of 2 settlings (time-budget); the rate"));
        assertTrue(text(false, 1).contains("(time-budget)" + System.lineSeparator()));
        assertFalse(text(false, 1).contains("rate counts"));
        assertFalse(text(true, 2).contains("not settled"));
        assertEquals(2, text(true, 2).lines().count());
    }

    @Test
    void oneRoundHasNoInterval() {
        assertTrue(text(true, 2).contains("ratio 0.500 (-, more is better)"), text(true, 2));
        String two =
                BenchCommand.text(
                        new Ratio(
                                "cells",
                                "ms",
                                List.of(2.0, 3.0),
                                List.of(4.0, 4.0),
                                "floor",
                                false,
                                2,
                                2,
                                ""));
        assertTrue(two.contains("ratio 0.625 (0.500 to 0.750, less is better)"), two);
    }
}
