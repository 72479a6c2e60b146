package org.relaxon.runtime.virtual;

import static org.relaxon.runtime.virtual.EventStore.NONE;

import java.util.Arrays;

/**
 * Entries that are not due yet, in days of equal length: a list for each day of one year, in the
 * order in which they were added, and one list for all later times. When a year is over, the next
 * one takes its days from the later entries: about one entry a day, at least half of the entries in
 * the year. So adding and opening cost a constant number of operations per entry, whatever the
 * delays (Brown 1988, "Calendar queues", doi:10.1145/63039.63045; Tang, Goh and Thng 2005, "Ladder
 * queue", doi:10.1145/1103323.1103324). Not thread-safe.
 */
final class Calendar {
    private static final int DAYS_MIN = 64;
    private static final int DAYS_MAX = 1 << 20;

    /** Up to so many entries make no year: they are one day. */
    private static final int FEW = 16;

    private final EventStore store;
    private int[] heads = new int[DAYS_MIN];
    private int[] tails = new int[DAYS_MIN];
    private long[] occupied = new long[DAYS_MIN / Long.SIZE]; // a bit for each day with entries
    private long[] mixed = new long[DAYS_MIN / Long.SIZE]; // a bit for each with several times
    private int days; // of this year; 0 before the first
    private int shift; // a day has 2^shift nanoseconds
    private long start; // of the year
    private long yearLast; // last moment of the year
    private int today; // the day last opened; -1 if none of this year
    private int laterHead = NONE;
    private int laterTail = NONE;
    private int laterCount;
    private int opened = NONE; // entries of the day last opened
    private int openedTail = NONE;
    private boolean openedMixed;
    private long openedLast; // last moment of that day

    Calendar(EventStore store) {
        this.store = store;
        clear();
    }

    /**
     * Adds an entry.
     *
     * @param at its time, after {@link #openedLast}
     */
    void add(int entry, long at) {
        if (days > 0 && at <= yearLast) {
            append((int) ((at - start) >>> shift), entry, at);
        } else {
            later(entry);
        }
    }

    /**
     * Opens the next day that has entries: they are then the caller's.
     *
     * @return false if no entry is left
     */
    boolean open() {
        int day = nextDay();
        if (day == NONE) {
            if (laterHead == NONE) {
                return false;
            }
            if (laterCount <= FEW) {
                openLater();
                return true;
            }
            beginYear();
            day = nextDay();
        }
        open(day);
        return true;
    }

    /** {@return the first entry of the day last opened; the others are linked to it} */
    int opened() {
        return opened;
    }

    /** {@return the last entry of the day last opened} */
    int openedTail() {
        return openedTail;
    }

    /** {@return whether the entries of the day last opened differ in time} */
    boolean isOpenedMixed() {
        return openedMixed;
    }

    /** {@return the last moment of the day last opened: entries up to it are due} */
    long openedLast() {
        return openedLast;
    }

    /** No entry is left: gives room back. */
    void letGo() {
        if (heads.length > DAYS_MIN) {
            makeRoom(DAYS_MIN);
            days = 0;
        }
    }

    void clear() {
        letGo();
        Arrays.fill(occupied, 0);
        Arrays.fill(mixed, 0);
        days = 0;
        today = NONE;
        laterHead = NONE;
        laterTail = NONE;
        laterCount = 0;
        opened = NONE;
        openedLast = Long.MIN_VALUE;
    }

    private void append(int day, int entry, long at) {
        int word = day >> 6;
        long bit = 1L << day;
        if ((occupied[word] & bit) == 0) {
            occupied[word] |= bit;
            mixed[word] &= ~bit;
            heads[day] = entry;
        } else {
            int tail = tails[day];
            store.next[tail] = entry;
            if (store.times[tail] != at) {
                mixed[word] |= bit;
            }
        }
        tails[day] = entry;
    }

    private void later(int entry) {
        if (laterHead == NONE) {
            laterHead = entry;
        } else {
            store.next[laterTail] = entry;
        }
        laterTail = entry;
        laterCount++;
    }

    private int nextDay() {
        int day = today + 1;
        if (day >= days) {
            return NONE;
        }
        int word = day >> 6;
        long bits = occupied[word] & -1L << day;
        while (bits == 0) {
            if (++word == days >> 6) {
                return NONE;
            }
            bits = occupied[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    private void open(int day) {
        int word = day >> 6;
        long bit = 1L << day;
        occupied[word] &= ~bit;
        today = day;
        opened = heads[day];
        openedTail = tails[day];
        openedMixed = (mixed[word] & bit) != 0;
        openedLast = day == days - 1 ? yearLast : start + ((day + 1L) << shift) - 1;
    }

    /** Opens all entries, and a day that is long enough for many of those that follow them. */
    private void openLater() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int e = laterHead; e != NONE; e = store.next[e]) {
            first = Math.min(first, store.times[e]);
            last = Math.max(last, store.times[e]);
        }
        long room = Long.MAX_VALUE - Math.max(last, 0);
        long span = last - first >= 0 ? last - first : Long.MAX_VALUE;
        opened = laterHead;
        openedTail = laterTail;
        openedMixed = first != last;
        openedLast = last + Math.min(span, room / FEW) * FEW;
        days = 0;
        laterHead = NONE;
        laterTail = NONE;
        laterCount = 0;
    }

    /**
     * Spreads the later entries over a year up to twice their mean, by Markov's inequality at least
     * half of them, however far the last ones are.
     */
    private void beginYear() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        double sum = 0.0;
        for (int e = laterHead; e != NONE; e = store.next[e]) {
            long at = store.times[e];
            first = Math.min(first, at);
            last = Math.max(last, at);
            sum += at;
        }
        double mean = sum / laterCount - first;
        double span = Math.min((double) last - first, 2.0 * mean);
        begin(first, span, Integer.highestOneBit(Math.min(laterCount, DAYS_MAX / 2)) * 2);
        int entry = laterHead;
        laterHead = NONE;
        laterTail = NONE;
        laterCount = 0;
        while (entry != NONE) {
            int following = store.next[entry];
            store.next[entry] = NONE;
            add(entry, store.times[entry]);
            entry = following;
        }
    }

    private void begin(long first, double span, int wanted) {
        int length = Math.max(wanted, DAYS_MIN);
        if (heads.length < length) {
            makeRoom(length);
        }
        days = length;
        today = NONE;
        start = first;
        int bits = Long.SIZE - 2 - Integer.numberOfTrailingZeros(length);
        shift = 0;
        while (shift < bits && (double) ((long) length << shift) <= span) {
            shift++;
        }
        long end = first + ((long) length << shift) - 1;
        yearLast = end >= first ? end : Long.MAX_VALUE;
    }

    private void makeRoom(int length) {
        heads = new int[length];
        tails = new int[length];
        occupied = new long[length / Long.SIZE];
        mixed = new long[length / Long.SIZE];
    }
}
