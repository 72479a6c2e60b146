package org.relaxon.experiments.reference;

/** A state that was said to be an equilibrium is not one, by the reference's own reckoning. */
public final class NotAnEquilibriumException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NotAnEquilibriumException(String message) {
        super(message);
    }
}
