package org.relaxon.runtime.protocol;

import org.relaxon.model.signal.Parcel;

/** Accepts the parcels of a protocol; the host decides when, and whether, they arrive. */
@FunctionalInterface
public interface Courier {
    /**
     * Accepts one parcel for a channel of the session's {@link Protocols}.
     *
     * @param channel index of the channel
     * @param parcel parcel to send
     */
    void carry(int channel, Parcel parcel);
}
