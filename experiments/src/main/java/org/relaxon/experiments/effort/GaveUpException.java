package org.relaxon.experiments.effort;

/**
 * A certificate or a reference was abandoned, because its effort was spent or a stop was requested.
 */
public final class GaveUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** True if a stop was requested; false if the effort was spent. */
    private final boolean asked;

    GaveUpException(String message, boolean asked) {
        super(message);
        this.asked = asked;
    }

    /** {@return true if a stop was requested; false if the effort was spent} */
    public boolean asked() {
        return asked;
    }
}
