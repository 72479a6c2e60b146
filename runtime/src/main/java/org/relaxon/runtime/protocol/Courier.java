package org.relaxon.runtime.protocol;

import org.relaxon.model.signal.Parcel;

/** Where a protocol puts what is to travel; the host decides when, and whether, it arrives. */
@FunctionalInterface
public interface Courier {
    /**
     * Accepts one parcel for a channel of the session's {@link Protocols}.
     *
     * @param channel index of the channel
     * @param parcel what is to travel
     */
    void carry(int channel, Parcel parcel);
}
