package org.relaxon.runtime.slot;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.signal.Parcel;

/**
 * What a fault keeps back of one cell's parcels: at most one per channel until the next one has
 * overtaken it or its time is up, and some until the next phase.
 */
final class KeptBack {
    /** More than this many wait for no later phase; further ones are just lost. */
    private static final int STRAYS_MAX = 10_000;

    /** A parcel and the travel time that it was drawn. */
    record Waiting(int channel, Parcel parcel, long travel, long deadline) {}

    /** A parcel of a phase that is over. */
    record Stray(int channel, Parcel parcel) {}

    private List<Waiting> waiting = List.of(); // until something is kept
    private List<Stray> strays = List.of();

    /** Forgets what waits for the next on its channel: its phase is over. */
    void clear() {
        waiting = List.of();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void keep(int channel, Parcel parcel, long travel, long deadline) {
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>();
        }
        waiting.add(new Waiting(channel, parcel, travel, deadline));
    }

    /** Takes what waits on a channel; null if nothing does. */
    Waiting take(int channel) {
        for (int k = 0; k < waiting.size(); k++) {
            if (waiting.get(k).channel() == channel) {
                return waiting.remove(k);
            }
        }
        return null;
    }

    /** The earliest moment at which something must leave although nothing has overtaken it. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Waiting w : waiting) {
            next = Math.min(next, w.deadline());
        }
        return next;
    }

    /** Takes what nothing has overtaken in time. */
    List<Waiting> takeDue(long now) {
        List<Waiting> due = waiting.stream().filter(w -> w.deadline() <= now).toList();
        if (!due.isEmpty()) {
            waiting.removeAll(due);
        }
        return due;
    }

    void keepForLater(int channel, Parcel parcel) {
        if (strays.isEmpty()) {
            strays = new ArrayList<>();
        }
        if (strays.size() < STRAYS_MAX) {
            strays.add(new Stray(channel, parcel));
        }
    }

    /** Takes what earlier phases have left. */
    List<Stray> takeStrays() {
        List<Stray> out = strays;
        strays = List.of();
        return out;
    }
}
