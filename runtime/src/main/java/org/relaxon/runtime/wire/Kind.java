package org.relaxon.runtime.wire;

/** What a message holds. Numbers are for ever: a kind that is gone leaves its number unused. */
public enum Kind {
    /** One parcel between two cells. */
    PARCEL(1),
    /** A settling between two of its events, with parcels in flight. */
    SETTLING(2);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
