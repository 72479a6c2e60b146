package org.relaxon.runtime.virtual;

import java.util.Arrays;

/** Entries in order of (time, sequence): a 4-ary heap over parallel arrays. Not thread-safe. */
final class EventHeap {
    private static final int ARITY_SHIFT = 2;
    private static final int ROOM = 256;

    private long[] times = new long[ROOM];
    private long[] sequences = new long[ROOM];
    private int[] entries = new int[ROOM];
    private int size;

    int size() {
        return size;
    }

    /** {@return the time of the first entry; there must be one} */
    long time() {
        return times[0];
    }

    /** {@return the sequence number of the first entry; there must be one} */
    long sequence() {
        return sequences[0];
    }

    void add(long at, long sequence, int entry) {
        if (size == times.length) {
            resize(times.length * 2);
        }
        siftUp(size++, at, sequence, entry);
    }

    /** Takes the first entry; there must be one. */
    int take() {
        int entry = entries[0];
        size--;
        if (size > 0) {
            siftDown(times[size], sequences[size], entries[size]);
        }
        return entry;
    }

    void clear() {
        size = 0;
        letGo();
    }

    /** No entry is left: gives room back. */
    void letGo() {
        if (times.length > ROOM) {
            resize(ROOM);
        }
    }

    private void siftUp(int from, long at, long order, int entry) {
        int k = from;
        while (k > 0) {
            int parent = (k - 1) >> ARITY_SHIFT;
            if (!before(at, order, times[parent], sequences[parent])) {
                break;
            }
            move(parent, k);
            k = parent;
        }
        put(k, at, order, entry);
    }

    private void siftDown(long at, long order, int entry) {
        int k = 0;
        for (int child = 1; child < size; child = (k << ARITY_SHIFT) + 1) {
            int least = child;
            int last = Math.min(child + 3, size - 1);
            for (int c = child + 1; c <= last; c++) {
                if (before(times[c], sequences[c], times[least], sequences[least])) {
                    least = c;
                }
            }
            if (!before(times[least], sequences[least], at, order)) {
                break;
            }
            move(least, k);
            k = least;
        }
        put(k, at, order, entry);
    }

    private static boolean before(long timeA, long orderA, long timeB, long orderB) {
        return timeA < timeB || timeA == timeB && orderA < orderB;
    }

    private void move(int from, int to) {
        times[to] = times[from];
        sequences[to] = sequences[from];
        entries[to] = entries[from];
    }

    private void put(int k, long at, long order, int entry) {
        times[k] = at;
        sequences[k] = order;
        entries[k] = entry;
    }

    private void resize(int length) {
        times = Arrays.copyOf(times, length);
        sequences = Arrays.copyOf(sequences, length);
        entries = Arrays.copyOf(entries, length);
    }
}
