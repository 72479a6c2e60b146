package org.relaxon.runtime.actor;

import org.relaxon.model.signal.Parcel;

/** What a cell sends to a cell in another JVM, through the actor that leads there. */
public interface Abroad {
    /**
     * A parcel.
     *
     * @param lane lane of both cells
     * @param channel channel between them
     * @param parcel parcel that leaves
     * @param chain chain of the sender
     */
    record Depart(int lane, int channel, Parcel parcel, int chain) implements Abroad {}

    /**
     * A version of a phase has arrived at the end of a channel.
     *
     * @param lane lane of both cells
     * @param channel channel between them
     * @param phase id of the phase
     * @param version version of the parcel
     */
    record Confirm(int lane, int channel, long phase, long version) implements Abroad {}

    /**
     * The receiver of a link has lost its memory.
     *
     * @param lane lane of both cells
     * @param link index of the link
     * @param phase id of the phase
     */
    record Ask(int lane, int link, long phase) implements Abroad {}
}
