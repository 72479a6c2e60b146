package org.relaxon.runtime.slot;

import org.relaxon.model.cell.Link;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.settling.CellCounters;

/** The services of a host to a slot: carrying parcels that have left, and waking it up. */
public interface Line {
    /**
     * {@return whether the budget has room for one more parcel, and takes it from the budget} A
     * host that counts only at intervals always returns true.
     */
    default boolean admits() {
        return true;
    }

    /**
     * Puts a parcel in flight on a channel.
     *
     * @param channel index of the channel
     * @param parcel parcel to carry
     * @param chain of the sender when it was sent, see {@link CellCounters#chain}
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void depart(int channel, Parcel parcel, int chain, long travelNanos);

    /**
     * Puts a parcel of an earlier phase in flight, which no detector waits for.
     *
     * @param channel index of the channel
     * @param parcel parcel to carry
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void stray(int channel, Parcel parcel, long travelNanos);

    /**
     * Confirms to the sender on a channel that a version has arrived.
     *
     * @param channel index of the channel
     * @param version version of the parcel that has arrived
     * @param travelNanos travel time in nanoseconds of host time, at least 0
     */
    void acknowledge(int channel, long version, long travelNanos);

    /**
     * Requests the last signal of a link from its sender; the request is never lost.
     *
     * @param link link whose last signal is missing
     */
    void ask(Link link);

    /**
     * Requests a call of {@link Slot#onAlarm} at a moment of host time since the phase began.
     *
     * @param cell index of the cell
     * @param at the moment, nanoseconds
     */
    void alarm(int cell, long at);
}
