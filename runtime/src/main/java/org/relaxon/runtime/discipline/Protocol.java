package org.relaxon.runtime.discipline;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.signal.Parcel;

/**
 * How one cell takes part in its discipline: when it may relax, and what it passes on then. Held by
 * the host's slot around the cell and used by whoever owns the cell.
 */
public interface Protocol {
    /** Begins a phase; the cell has been opened. */
    void open(long phaseId);

    /** Takes in a parcel that arrived in a slot of this cell. */
    Receipt hear(int slot, Parcel parcel);

    /** True if the cell may relax now, or has something to pass on. */
    boolean isReady();

    /**
     * Lets the cell relax once and passes on what it says; only when it {@link #isReady}.
     *
     * @return true if the cell wants to be asked again although nothing may arrive
     */
    boolean relax(Courier courier);

    /** Goes on after everything was quiet, saying the last word on these outgoing links again. */
    void resume(List<Link> unheard, Courier courier);

    /** Says the last word on one outgoing link again, because its receiver lost it. */
    void repeat(Link link, Courier courier);
}
