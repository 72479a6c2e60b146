package org.relaxon.runtime.virtual;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Events in order of (time, sequence): a total order, so that a run replays exactly. A 4-ary heap
 * over parallel primitive arrays; an event carries two ints and one object. Not thread-safe.
 */
public final class EventQueue {
    private static final int ARITY_SHIFT = 2;
    private static final int ROOM = 1024;
    private static final int BYTES_MIN = 24;

    /** The largest room, in events, that an empty queue keeps. */
    private static final int ROOM_KEPT = 1 << 12;

    private long[] times = new long[ROOM];
    private long[] sequences = new long[ROOM];
    private int[] entries = new int[ROOM];
    private int size;
    private int[] codes = new int[ROOM];
    private int[] marks = new int[ROOM];
    private Object[] payloads = new Object[ROOM];
    private int[] free = new int[ROOM];
    private int freeCount;
    private int entryCount;
    private long nextSequence;
    private long time;
    private long sequence;
    private int code;
    private int mark;
    private Object payload;

    /**
     * Adds an event; its sequence number is the count of events added before it.
     *
     * @param at virtual time, nanoseconds
     * @param eventCode int that the event carries
     * @param eventPayload object that the event carries; may be null
     */
    public void add(long at, int eventCode, Object eventPayload) {
        add(at, eventCode, eventPayload, 0);
    }

    /**
     * Adds an event as {@link #add(long, int, Object)} does, with a second int.
     *
     * @param at virtual time, nanoseconds
     * @param eventCode int that the event carries
     * @param eventPayload object that the event carries; may be null
     * @param eventMark second int that the event carries
     */
    public void add(long at, int eventCode, Object eventPayload, int eventMark) {
        int entry = freeCount > 0 ? free[--freeCount] : newEntry();
        codes[entry] = eventCode;
        marks[entry] = eventMark;
        payloads[entry] = eventPayload;
        if (size == times.length) {
            grow();
        }
        siftUp(size++, at, nextSequence++, entry);
    }

    /**
     * Takes the earliest event. Its parts are then {@link #time()}, {@link #sequence()}, {@link
     * #code()}, {@link #mark()} and {@link #payload()}.
     *
     * @return false if there is none
     */
    public boolean next() {
        if (size == 0) {
            return false;
        }
        int entry = entries[0];
        time = times[0];
        sequence = sequences[0];
        code = codes[entry];
        mark = marks[entry];
        payload = payloads[entry];
        payloads[entry] = null;
        free[freeCount++] = entry;
        size--;
        if (size > 0) {
            siftDown(times[size], sequences[size], entries[size]);
        } else if (times.length > ROOM_KEPT) {
            letGo();
        }
        return true;
    }

    /** {@return the virtual time of the earliest event, nanoseconds; there must be one} */
    public long nextTime() {
        return times[0];
    }

    /** {@return the virtual time of the event last taken, nanoseconds} */
    public long time() {
        return time;
    }

    /** {@return the sequence number of the event last taken} */
    public long sequence() {
        return sequence;
    }

    /** {@return the int of the event last taken} */
    public int code() {
        return code;
    }

    /** {@return the second int of the event last taken} */
    public int mark() {
        return mark;
    }

    /** {@return the object of the event last taken} */
    public Object payload() {
        return payload;
    }

    /** {@return the number of events waiting} */
    public int size() {
        return size;
    }

    /** Drops all events; sequence numbers start again at 0. */
    public void clear() {
        Arrays.fill(payloads, null);
        size = 0;
        freeCount = 0;
        entryCount = 0;
        nextSequence = 0;
        time = 0;
    }

    /**
     * Writes all events down that wait, and the time and number of the one last taken.
     *
     * @param out receives them
     * @param writer writes the object that an event of a code carries
     */
    void save(StateWriter out, BiConsumer<Integer, Object> writer) {
        out.writeLong(time);
        out.writeLong(sequence);
        out.writeLong(nextSequence);
        out.writeInt(size);
        for (int k = 0; k < size; k++) {
            out.writeLong(times[k]);
            out.writeLong(sequences[k]);
            out.writeInt(codes[entries[k]]);
            out.writeInt(marks[entries[k]]);
            writer.accept(codes[entries[k]], payloads[entries[k]]);
        }
    }

    /**
     * Replaces all events by those that were saved.
     *
     * @param in source of what was saved
     * @param reader reads the object that an event of a code carries
     */
    void load(StateReader in, IntFunction<Object> reader) {
        clear();
        time = in.readLong();
        sequence = in.readLong();
        long next = in.readLong();
        for (int k = in.readCount(Integer.MAX_VALUE, BYTES_MIN); k > 0; k--) {
            long at = in.readLong();
            nextSequence = in.readLong(0, next - 1); // in the order of the heap, which it keeps
            int eventCode = in.readInt();
            int eventMark = in.readInt(0, Integer.MAX_VALUE);
            add(at, eventCode, reader.apply(eventCode), eventMark);
        }
        nextSequence = next;
    }

    private void letGo() {
        times = new long[ROOM];
        sequences = new long[ROOM];
        entries = new int[ROOM];
        codes = new int[ROOM];
        marks = new int[ROOM];
        payloads = new Object[ROOM];
        free = new int[ROOM];
        freeCount = 0;
        entryCount = 0;
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

    private int newEntry() {
        if (entryCount == codes.length) {
            int larger = codes.length * 2;
            codes = Arrays.copyOf(codes, larger);
            marks = Arrays.copyOf(marks, larger);
            payloads = Arrays.copyOf(payloads, larger);
            free = Arrays.copyOf(free, larger);
        }
        return entryCount++;
    }

    private void grow() {
        int larger = times.length * 2;
        times = Arrays.copyOf(times, larger);
        sequences = Arrays.copyOf(sequences, larger);
        entries = Arrays.copyOf(entries, larger);
    }
}
