package org.relaxon.model.cell;

import org.relaxon.model.signal.Signal;

/** Accepts the signals that a cell sends; the host decides when they arrive. */
@FunctionalInterface
public interface Outbox {
    /**
     * Accepts one signal.
     *
     * @param link index of the link in the wiring
     * @param signal what the cell sends
     */
    void send(int link, Signal signal);
}
