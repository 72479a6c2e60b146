package org.relaxon.runtime.protocol;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;

/**
 * How one cell takes part in its discipline: when it may relax, and what it then sends. Held by the
 * host's slot around the cell and used by the owner of the cell.
 */
public interface Protocol {
    /**
     * Begins a phase; the cell has been opened.
     *
     * @param phaseId id that the parcels of this settling carry
     */
    void open(long phaseId);

    /**
     * Accepts a parcel that arrived in a slot of this cell.
     *
     * @param slot inbox slot of this cell
     * @param parcel parcel that arrived
     * @return whether it was recorded, or why it was dropped
     */
    Receipt hear(int slot, Parcel parcel);

    /** {@return whether the cell may relax now, or has a parcel to pass on} */
    boolean isReady();

    /**
     * Lets the cell relax once and passes on the signals that it sends; only when it {@link
     * #isReady}.
     *
     * @param courier receives the parcels to send
     * @return true if the cell is to relax again although nothing may arrive
     */
    boolean relax(Courier courier);

    /**
     * Continues after the network was quiescent: resends the last signal of these outgoing links.
     *
     * @param unheard outgoing links whose last signal did not arrive
     * @param courier receives the parcels to send
     */
    void resume(List<Link> unheard, Courier courier);

    /**
     * Resends the last signal of one outgoing link, because its receiver lost it.
     *
     * @param link outgoing link of this cell
     * @param courier receives the parcels to send
     */
    void repeat(Link link, Courier courier);

    /**
     * Writes down what changes here; the cell is not part of it.
     *
     * @param out receives it
     */
    void save(StateWriter out);

    /**
     * Reads back what {@link #save} has written.
     *
     * @param in source of what was saved
     */
    void load(StateReader in);
}
