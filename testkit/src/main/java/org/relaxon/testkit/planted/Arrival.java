package org.relaxon.testkit.planted;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.signal.Parcel;

/** Changes a parcel when it arrives. */
@FunctionalInterface
public interface Arrival {
    /** Parcels arrive as they were sent. */
    Arrival UNCHANGED = (receiver, slot, parcel) -> parcel;

    /**
     * {@return the parcel that the receiver gets in one of its inbox slots}
     *
     * @param receiver cell that the parcel is for
     * @param slot inbox slot of the receiver
     * @param parcel what was sent
     */
    Parcel arrive(Cell receiver, int slot, Parcel parcel);
}
