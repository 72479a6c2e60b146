package org.relaxon.runtime.virtual;

/**
 * A detector declared quiescence while events were left: always a defect of the detector, not of
 * the run.
 */
public final class FalseQuiescenceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FalseQuiescenceException(int events, long nanos) {
        super("false quiescence at %d ns: %d events were in flight".formatted(nanos, events));
    }
}
