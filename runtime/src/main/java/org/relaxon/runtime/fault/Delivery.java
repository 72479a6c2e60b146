package org.relaxon.runtime.fault;

/** What a sender does about signals that may be lost. */
public enum Delivery {
    /** Nothing: what is lost is lost, until a newer signal or an audit repairs it. */
    BEST_EFFORT,
    /** Receivers acknowledge; the newest parcel of a channel is sent again until it has arrived. */
    RELIABLE_LATEST
}
