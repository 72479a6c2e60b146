package org.relaxon.runtime.discipline;

import org.relaxon.model.signal.Parcel;

/** Where a protocol puts what is to travel; the host decides when, and whether, it arrives. */
@FunctionalInterface
public interface Courier {
    /** Hands over one parcel for a channel of the session's {@link Protocols}. */
    void carry(int channel, Parcel parcel);
}
