package org.relaxon.runtime.virtual;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.signal.Parcel;

/** What a cell receives in the place of a parcel that arrives. */
@FunctionalInterface
interface Arrivals {
    /** The parcel for one of the inbox slots of the receiver. */
    Parcel arrive(Cell receiver, int slot, Parcel parcel);
}
