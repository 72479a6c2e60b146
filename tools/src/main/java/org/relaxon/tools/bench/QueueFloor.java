package org.relaxon.tools.bench;

import java.util.function.BooleanSupplier;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.runtime.virtual.EventQueue;

/**
 * The floor of virtual time: the bare event queue, taking the earliest event and adding another.
 */
final class QueueFloor {
    private static final int PENDING = 10_000;
    private static final int EVENTS = 2_000_000;
    private static final int ASK_MASK = (1 << 14) - 1; // events between two polls
    private static final long SPAN_MASK = (1L << 20) - 1;

    private QueueFloor() {}

    /**
     * Events per second with {@value #PENDING} events waiting (the hold model, Jones 1986).
     *
     * @param stop once true, fewer events are measured
     */
    static double eventsPerSecond(long seed, BooleanSupplier stop) {
        EventQueue queue = new EventQueue();
        Object payload = new Object();
        for (int k = 0; k < PENDING; k++) {
            queue.add(CounterRandom.bits(seed, 0, k) & SPAN_MASK, k, payload);
        }
        long begin = System.nanoTime();
        int events = 0;
        for (int k = 0; k < EVENTS && ((k & ASK_MASK) != 0 || !stop.getAsBoolean()); k++) {
            events++;
            queue.next();
            long span = CounterRandom.bits(seed, 1, k) & SPAN_MASK;
            queue.add(queue.time() + span, queue.code(), queue.payload());
        }
        return events * 1e9 / (System.nanoTime() - begin);
    }
}
