package org.relaxon.runtime.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.relaxon.model.signal.Signal;

class TraceHashTest {
    private static Signal signal(long version, double... values) {
        return new Signal(1, version, values, 0, values.length);
    }

    private static long hash(long time, long sequence, int link, Signal signal) {
        TraceHash hash = new TraceHash();
        hash.reset();
        hash.delivered(time, sequence, link, signal);
        return hash.value();
    }

    @Test
    void everyPartOfADeliveryCounts() {
        long one = hash(1, 2, 3, signal(4, 0.5, 0.25));

        assertEquals(one, hash(1, 2, 3, signal(4, 0.5, 0.25)));
        assertNotEquals(one, hash(2, 2, 3, signal(4, 0.5, 0.25)));
        assertNotEquals(one, hash(1, 3, 3, signal(4, 0.5, 0.25)));
        assertNotEquals(one, hash(1, 2, 4, signal(4, 0.5, 0.25)));
        assertNotEquals(one, hash(1, 2, 3, signal(5, 0.5, 0.25)));
        assertNotEquals(one, hash(1, 2, 3, signal(4, 0.25, 0.5)));
        assertNotEquals(one, hash(1, 2, 3, signal(4, 0.5, Math.nextUp(0.25))));
        assertNotEquals(hash(1, 2, 3, signal(4, 0.0)), hash(1, 2, 3, signal(4, -0.0)));
    }

    @Test
    void theOrderOfDeliveriesCounts() {
        TraceHash there = new TraceHash();
        there.reset();
        there.delivered(1, 1, 1, signal(1, 0.5));
        there.delivered(1, 2, 2, signal(1, 0.5));
        TraceHash back = new TraceHash();
        back.reset();
        back.delivered(1, 2, 2, signal(1, 0.5));
        back.delivered(1, 1, 1, signal(1, 0.5));

        assertNotEquals(there.value(), back.value());
    }

    @Test
    void onlyThePartOfTheArrayThatTheSignalViewsCounts() {
        double[] shared = {9, 0.5, 9};
        double[] other = {8, 0.5, 8};

        assertEquals(
                hash(1, 1, 1, new Signal(1, 1, shared, 1, 1)),
                hash(1, 1, 1, new Signal(1, 1, other, 1, 1)));
    }

    @Test
    void aResetForgetsWhatWasDelivered() {
        TraceHash hash = new TraceHash();
        hash.reset();
        long empty = hash.value();
        hash.delivered(1, 1, 1, signal(1, 0.5));
        assertNotEquals(empty, hash.value());
        hash.reset();

        assertEquals(empty, hash.value());
    }
}
