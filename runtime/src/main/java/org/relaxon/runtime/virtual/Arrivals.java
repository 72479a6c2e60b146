package org.relaxon.runtime.virtual;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.signal.Parcel;

/** Changes a parcel on arrival, in tests that show why versions are needed. */
@FunctionalInterface
public interface Arrivals {
    /** Parcels arrive as they were sent. */
    Arrivals UNCHANGED = (receiver, slot, parcel) -> parcel;

    /**
     * {@return the parcel that the receiver gets in one of its inbox slots}
     *
     * @param receiver cell that the parcel is for
     * @param slot inbox slot of the receiver
     * @param parcel what was sent
     */
    Parcel arrive(Cell receiver, int slot, Parcel parcel);
}
