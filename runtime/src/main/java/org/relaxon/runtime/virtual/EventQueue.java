package org.relaxon.runtime.virtual;

import static org.relaxon.runtime.virtual.EventStore.NONE;

import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Events in order of (time, sequence): a total order, so that a run replays exactly. An event
 * carries two ints and one object. Events that are due soon lie in a heap, or, where they share
 * their time, in a list; the others wait in a {@link Calendar}. Not thread-safe.
 */
public final class EventQueue {
    private static final int BYTES_MIN = 24;

    private final EventStore store = new EventStore();
    private final EventHeap heap = new EventHeap();
    private final Calendar calendar = new Calendar(store);
    private long due = Long.MIN_VALUE; // up to here, events are in the heap or the list
    private int head = NONE; // of the list
    private int tail = NONE;
    private long moment; // the time of all events in the list
    private int size;
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
        int entry = store.put(at, nextSequence, eventCode, eventMark, eventPayload);
        if (at > due) {
            calendar.add(entry, at);
        } else if (at == (head == NONE ? time : moment)) {
            append(entry, at);
        } else {
            heap.add(at, nextSequence, entry);
        }
        nextSequence++;
        size++;
    }

    /**
     * Takes the earliest event. Its parts are then {@link #time()}, {@link #sequence()}, {@link
     * #code()}, {@link #mark()} and {@link #payload()}.
     *
     * @return false if there is none
     */
    public boolean next() {
        if (!isReady()) {
            return false;
        }
        int entry = takeFirst();
        time = store.times[entry];
        sequence = store.sequences[entry];
        code = store.codes[entry];
        mark = store.marks[entry];
        payload = store.payloads[entry];
        store.remove(entry);
        size--;
        if (size == 0) {
            letGo();
        }
        return true;
    }

    /** {@return the virtual time of the earliest event, nanoseconds; there must be one} */
    public long nextTime() {
        isReady();
        return isListFirst() ? moment : heap.time();
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
        store.clear();
        heap.clear();
        calendar.clear();
        due = Long.MIN_VALUE;
        head = NONE;
        size = 0;
        nextSequence = 0;
        time = 0;
    }

    /**
     * Writes all events down that wait, in their order, and the time and number of the one last
     * taken.
     *
     * @param out receives them
     * @param writer writes the object that an event of a code carries
     */
    void save(StateWriter out, BiConsumer<Integer, Object> writer) {
        out.writeLong(time);
        out.writeLong(sequence);
        out.writeLong(nextSequence);
        out.writeInt(size);
        for (int entry : store.inOrder()) {
            out.writeLong(store.times[entry]);
            out.writeLong(store.sequences[entry]);
            out.writeInt(store.codes[entry]);
            out.writeInt(store.marks[entry]);
            writer.accept(store.codes[entry], store.payloads[entry]);
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
        long before = Long.MIN_VALUE; // events are in their order
        for (int k = in.readCount(Integer.MAX_VALUE, BYTES_MIN); k > 0; k--) {
            long at = in.readLong(before, Long.MAX_VALUE);
            nextSequence = in.readLong(at == before ? nextSequence : 0, next - 1);
            before = at;
            int eventCode = in.readInt();
            int eventMark = in.readInt(0, Integer.MAX_VALUE);
            add(at, eventCode, reader.apply(eventCode), eventMark);
        }
        nextSequence = next;
    }

    /** No event is left: gives back what many events needed. */
    private void letGo() {
        store.letGo();
        heap.letGo();
        calendar.letGo();
    }

    /** Opens a day of the calendar if no event is due; false if none is left. */
    private boolean isReady() {
        if (head != NONE || heap.size() > 0) {
            return true;
        }
        if (!calendar.open()) {
            return false;
        }
        due = calendar.openedLast();
        int entry = calendar.opened();
        if (!calendar.isOpenedMixed()) {
            head = entry;
            tail = calendar.openedTail();
            moment = store.times[entry];
            return true;
        }
        for (; entry != NONE; entry = store.next[entry]) {
            heap.add(store.times[entry], store.sequences[entry], entry);
        }
        return true;
    }

    private boolean isListFirst() {
        return head != NONE
                && (heap.size() == 0
                        || moment < heap.time()
                        || moment == heap.time() && store.sequences[head] < heap.sequence());
    }

    private int takeFirst() {
        if (!isListFirst()) {
            return heap.take();
        }
        int entry = head;
        head = store.next[entry];
        return entry;
    }

    /** To the list: no event that waits there has a larger sequence number. */
    private void append(int entry, long at) {
        if (head == NONE) {
            head = entry;
            moment = at;
        } else {
            store.next[tail] = entry;
        }
        tail = entry;
    }
}
