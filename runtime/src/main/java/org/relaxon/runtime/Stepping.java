package org.relaxon.runtime;

import org.relaxon.model.settle.Settlement;

/**
 * A settling that runs a number of events at a time and then returns control, with parcels in
 * flight. An event is the arrival of a parcel, a confirmation or a probe, the relaxation of a cell,
 * or the end of a pause. However the events are divided into steps, deliveries, states, counts and
 * verdict are those of {@link Session#settle} in every bit.
 *
 * <p>Until its verdict is known, its session refuses every other use except {@link Session#cancel},
 * {@link Session#close}, {@link Session#network} and {@link Session#cells}. To end it early, cancel
 * the session and {@link #finish}. One thread at a time uses it.
 */
public interface Stepping {
    /**
     * Runs the next events. Fewer are run if the settling ends before; none after that. A request
     * to cancel and the limits of the budget are obeyed before every event.
     *
     * @param events the largest number of events to run, at least 1
     * @return whether the settling goes on; false once its verdict is known
     * @throws IllegalArgumentException if the number is below 1
     * @throws IllegalStateException if the session is closed, if an exception has ended this
     *     settling before, or if one of its own events makes this call
     */
    boolean step(long events);

    /** {@return the host time of the last delivery or relaxation, nanoseconds since the begin} */
    long hostNanos();

    /** {@return the number of parcels that have been sent and have not arrived} */
    long inFlight();

    /**
     * Runs all events that are left.
     *
     * @return the verdict; the same one again if it is known already
     * @throws IllegalStateException as {@link #step}
     */
    Settlement finish();
}
