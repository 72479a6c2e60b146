package org.relaxon.experiments.claims;

/** A reference gradient is not defined for an algorithm, whatever the run. */
public final class NoReferenceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    NoReferenceException(String why) {
        super("against: " + why);
        this.why = why;
    }

    /** {@return the reason, one clause that names reference and algorithm} */
    public String why() {
        return why;
    }
}
