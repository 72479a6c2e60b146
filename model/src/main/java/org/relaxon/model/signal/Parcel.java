package org.relaxon.model.signal;

/** The unit that travels on one channel: a signal, or several bundled with a turn. */
public interface Parcel {
    /** {@return the id of the settling that it belongs to} */
    long phase();

    /** {@return the version, which grows with every parcel on the same channel; the first is 1} */
    long version();

    /** {@return the number of values in the payload} */
    int length();
}
