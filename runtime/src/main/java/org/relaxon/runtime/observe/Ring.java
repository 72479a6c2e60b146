package org.relaxon.runtime.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.settle.Trained;

/**
 * Passes events from the owners of cells to one other thread. It holds a fixed number of events: a
 * new one replaces the oldest, which is counted as lost, so that no cell ever waits for a slow
 * reader and the reader sees the newest. Any number of threads may write; one at a time drains.
 *
 * <p>Every event takes the next number and the place of that number modulo the capacity. A writer
 * that was overtaken by a whole round leaves the newer event in its place. The reader walks through
 * the numbers: a place that holds a greater number than expected shows a loss.
 */
public final class Ring implements Observer {
    /** The most events that a ring can hold. */
    public static final int CAPACITY_MAX = 1 << 24;

    private record Entry(long number, Consumer<Observer> event) {}

    private final AtomicReferenceArray<Entry> places;
    private final AtomicLong written = new AtomicLong(); // numbers taken
    private final AtomicLong next = new AtomicLong(); // to be drained; written by the reader only
    private final AtomicLong skipped = new AtomicLong(); // written by the reader only

    /**
     * Makes an empty ring.
     *
     * @param capacity events that it can hold, 1 to {@link #CAPACITY_MAX}
     * @throws IllegalArgumentException if it is not in this range
     */
    public Ring(int capacity) {
        if (capacity < 1 || capacity > CAPACITY_MAX) {
            throw new IllegalArgumentException(
                    "capacity: %d is not in 1..%d".formatted(capacity, CAPACITY_MAX));
        }
        places = new AtomicReferenceArray<>(capacity);
    }

    @Override
    public void began(long phaseId, Phase phase) {
        put(o -> o.began(phaseId, phase));
    }

    @Override
    public void sampled(Frame frame) {
        put(o -> o.sampled(frame));
    }

    @Override
    public void judged(long phaseId, Settlement verdict) {
        put(o -> o.judged(phaseId, verdict));
    }

    @Override
    public void presented(long phaseId, Trained end) {
        put(o -> o.presented(phaseId, end));
    }

    private void put(Consumer<Observer> event) {
        Entry entry = new Entry(written.getAndIncrement(), event);
        places.accumulateAndGet(place(entry.number()), entry, Ring::newer);
    }

    private static Entry newer(Entry present, Entry mine) {
        return present == null || present.number() < mine.number() ? mine : present;
    }

    private int place(long number) {
        return (int) (number % places.length());
    }

    /**
     * Delivers the events that were written before this call, in their order, on the calling
     * thread. An event counts as delivered also if the observer throws.
     *
     * @param to receives them
     * @return the number delivered
     */
    public long drain(Observer to) {
        long end = written.get();
        long oldest = end - places.length();
        if (next.get() < oldest) {
            skipped.addAndGet(oldest - next.get());
            next.set(oldest);
        }
        long delivered = 0;
        while (next.get() < end) {
            Entry entry = places.get(place(next.get()));
            if (entry == null || entry.number() < next.get()) {
                return delivered; // its writer has not finished
            }
            long expected = next.getAndIncrement();
            if (entry.number() == expected) {
                delivered++;
                entry.event().accept(to);
            } else {
                skipped.incrementAndGet();
            }
        }
        return delivered;
    }

    /** {@return the number of events lost so far; exact while no event is being written} */
    public long lost() {
        return skipped.get() + Math.max(0, written.get() - places.length() - next.get());
    }
}
