package org.relaxon.runtime.fault;

/** How a sender handles signals that may be lost. */
public enum Delivery {
    /** Not at all: a loss remains until a newer signal or an audit repairs it. */
    BEST_EFFORT,
    /** Receivers acknowledge; the newest parcel of a channel is sent again until it has arrived. */
    RELIABLE_LATEST
}
