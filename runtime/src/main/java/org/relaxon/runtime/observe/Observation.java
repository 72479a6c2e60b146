package org.relaxon.runtime.observe;

import java.util.Objects;

/**
 * What is observed of a session, and where its events go.
 *
 * @param sampling which cells are read, what of them, and how often
 * @param observer receives the events
 */
public record Observation(Sampling sampling, Observer observer) {
    /**
     * Refuses missing parts.
     *
     * @param sampling which cells are read, what of them, and how often
     * @param observer receives the events
     */
    public Observation {
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(observer, "observer");
    }
}
