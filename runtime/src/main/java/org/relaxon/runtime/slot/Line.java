package org.relaxon.runtime.slot;

import org.relaxon.model.cell.Link;
import org.relaxon.model.signal.Parcel;

/** What a host does for a slot: carry what has left, and wake it up. */
public interface Line {
    /**
     * {@return whether the budget has room for one more parcel, which is then taken from it} A host
     * that counts at intervals only always returns true.
     */
    default boolean admits() {
        return true;
    }

    /**
     * Puts a parcel in flight on a channel.
     *
     * @param channel index of the channel
     * @param parcel what is to travel
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void depart(int channel, Parcel parcel, long travelNanos);

    /**
     * Puts a parcel of an earlier phase in flight, which no detector waits for.
     *
     * @param channel index of the channel
     * @param parcel what is to travel
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void stray(int channel, Parcel parcel, long travelNanos);

    /**
     * Tells the sender on a channel that a version has arrived.
     *
     * @param channel index of the channel
     * @param version version of the parcel that has arrived
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void acknowledge(int channel, long version, long travelNanos);

    /**
     * Asks the sender on a link to send its last signal again; the request is never lost.
     *
     * @param link link whose last signal is missing
     */
    void ask(Link link);

    /**
     * Asks for {@link Slot#onAlarm} at a moment of host time since the phase began.
     *
     * @param cell index of the cell
     * @param at the moment, nanoseconds
     */
    void alarm(int cell, long at);
}
