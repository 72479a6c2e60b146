package org.relaxon.model.signal;

/** What travels on one channel in one piece: a signal, or several bound together with a turn. */
public interface Parcel {
    /** Id of the settling that it belongs to. */
    long phase();

    /** Grows with every parcel on the same channel; the first is 1. */
    long version();

    /** Count of numbers in the payload. */
    int length();
}
