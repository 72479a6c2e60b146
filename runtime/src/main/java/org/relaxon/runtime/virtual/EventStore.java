package org.relaxon.runtime.virtual;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/**
 * The events that wait, one entry each, in parallel primitive arrays. Entries can be linked to
 * lists; those that are free are linked as well. Not thread-safe.
 */
final class EventStore {
    /** Ends a list. */
    static final int NONE = -1;

    private static final int ROOM = 1024;

    /** The largest room, in events, that an empty store keeps. */
    private static final int ROOM_KEPT = 1 << 12;

    long[] times = new long[ROOM];
    long[] sequences = new long[ROOM];
    int[] codes = new int[ROOM];
    int[] marks = new int[ROOM];
    Object[] payloads = new Object[ROOM];
    int[] next = new int[ROOM];
    private int free = NONE;
    private int used;

    /** {@return an entry for an event, the end of a list} */
    int put(long at, long sequence, int code, int mark, Object payload) {
        int entry = free;
        if (entry == NONE) {
            entry = used++;
            if (entry == times.length) {
                grow();
            }
        } else {
            free = next[entry];
        }
        times[entry] = at;
        sequences[entry] = sequence;
        codes[entry] = code;
        marks[entry] = mark;
        payloads[entry] = payload;
        next[entry] = NONE;
        return entry;
    }

    /** Frees an entry, which is in no list. */
    void remove(int entry) {
        payloads[entry] = null;
        next[entry] = free;
        free = entry;
    }

    /** {@return all entries that are not free, in order of (time, sequence)} */
    int[] inOrder() {
        BitSet waiting = new BitSet(used);
        waiting.set(0, used);
        for (int entry = free; entry != NONE; entry = next[entry]) {
            waiting.clear(entry);
        }
        return waiting.stream()
                .boxed()
                .sorted(
                        Comparator.comparingLong((Integer entry) -> times[entry])
                                .thenComparingLong(entry -> sequences[entry]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** All entries are free: gives room back. */
    void letGo() {
        if (times.length > ROOM_KEPT) {
            free = NONE;
            used = 0;
            resize(ROOM);
        }
    }

    /** Frees all entries. */
    void clear() {
        letGo();
        Arrays.fill(payloads, 0, Math.min(used, payloads.length), null);
        free = NONE;
        used = 0;
    }

    private void grow() {
        resize(times.length * 2);
    }

    private void resize(int length) {
        times = Arrays.copyOf(times, length);
        sequences = Arrays.copyOf(sequences, length);
        codes = Arrays.copyOf(codes, length);
        marks = Arrays.copyOf(marks, length);
        payloads = Arrays.copyOf(payloads, length);
        next = Arrays.copyOf(next, length);
    }
}
