package org.relaxon.runtime.slot;

import org.relaxon.model.cell.Link;
import org.relaxon.model.signal.Parcel;

/** What a host does for a slot: carry what has left, and wake it up. */
public interface Line {
    /**
     * Whether the budget has room for one more parcel, which is then taken from it. A host that
     * counts only now and then always says yes.
     */
    default boolean admits() {
        return true;
    }

    /** Puts a parcel in flight on a channel. */
    void depart(int channel, Parcel parcel, long travelNanos);

    /** Puts a parcel of an earlier phase in flight, which no detector waits for. */
    void stray(int channel, Parcel parcel, long travelNanos);

    /** Tells the sender on a channel that a version has arrived. */
    void acknowledge(int channel, long version, long travelNanos);

    /** Asks the sender on a link to say its last word again; never lost. */
    void ask(Link link);

    /** Asks for {@link Slot#onAlarm} at a moment of host time since the phase began. */
    void alarm(int cell, long at);
}
