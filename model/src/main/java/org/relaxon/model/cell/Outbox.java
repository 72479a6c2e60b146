package org.relaxon.model.cell;

import org.relaxon.model.signal.Signal;

/** Where a cell puts what it wants to say; the host decides when it arrives. */
@FunctionalInterface
public interface Outbox {
    /**
     * Hands over one signal.
     *
     * @param link index of the link in the wiring
     * @param signal what the cell sends
     */
    void send(int link, Signal signal);
}
