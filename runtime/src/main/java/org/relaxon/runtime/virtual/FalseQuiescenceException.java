package org.relaxon.runtime.virtual;

/**
 * A detector declared quiescence while events were left: a defect of the detector, never of a run.
 */
public final class FalseQuiescenceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FalseQuiescenceException(int events, long nanos) {
        super("false quiescence at %d ns: %d events were under way".formatted(nanos, events));
    }
}
