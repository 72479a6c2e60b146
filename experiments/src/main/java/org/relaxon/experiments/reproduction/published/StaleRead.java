package org.relaxon.experiments.reproduction.published;

import org.relaxon.experiments.reproduction.published.ExplicitState.Reads;

/**
 * Which of the values that a layer reads is one sweep old, while layers drawn evenly move their
 * state and then their own multiplier.
 */
public enum StaleRead {
    /** No value. */
    NONE("none"),
    /** The state below, z_{i-1}. */
    BELOW("state below"),
    /** The state above, z_{i+1}. */
    ABOVE("state above"),
    /** Both states. */
    STATES("both states"),
    /** The multiplier above, lambda_{i+1}. */
    NEXT("multiplier above"),
    /** Its own multiplier, lambda_i. */
    OWN("own multiplier"),
    /** All of them. */
    ALL("all");

    private final String reportName;

    StaleRead(String reportName) {
        this.reportName = reportName;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    /** What is read, from present and old values. */
    Reads of(Reads now, Reads old) {
        boolean all = this == ALL;
        boolean states = all || this == STATES;
        return new Reads(
                states || this == BELOW ? old.below() : now.below(),
                states || this == ABOVE ? old.above() : now.above(),
                all || this == OWN ? old.own() : now.own(),
                all || this == NEXT ? old.next() : now.next());
    }
}
