package org.relaxon.runtime.wire;

/** What a message holds. Numbers are for ever: a kind that is gone leaves its number unused. */
public enum Kind {
    /** One parcel between two cells. */
    PARCEL(1, 1),
    /** A settling between two of its events, with parcels in flight. */
    SETTLING(2, 3),
    /** What cells have sent to cells in another JVM. */
    SIGNALS(3, 1),
    /** From a coordinator to a shard. */
    COMMAND(4, 1),
    /** From a shard to a coordinator. */
    REPORT(5, 1),
    /** A task for a shard. */
    TASK(6, 1),
    /** The result of a task. */
    ANSWER(7, 1),
    /** How nodes of a cluster enter a session. */
    SESSION(8, 1);

    private final int number;
    private final int version;

    Kind(int number, int version) {
        this.number = number;
        this.version = version;
    }

    int number() {
        return number;
    }

    /** The version written, and the only one read. */
    int version() {
        return version;
    }
}
