package org.relaxon.experiments.reference;

/** A state that was said to be an equilibrium is not one, by the reference's own reckoning. */
public final class NotAnEquilibriumException extends IllegalArgumentException {
    /** A state further than this from its equilibrium, in one neuron, was none by default. */
    public static final double FARTHEST = 1e-6;

    private static final long serialVersionUID = 1L;

    NotAnEquilibriumException(String message) {
        super(message);
    }
}
