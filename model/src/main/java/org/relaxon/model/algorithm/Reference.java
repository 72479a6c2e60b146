package org.relaxon.model.algorithm;

import java.util.Locale;

/** The exact gradient that an estimate converges to. */
public enum Reference {
    /** Of the loss of the feedforward network. */
    BACKPROP,
    /** Of the loss at the free equilibrium (Almeida 1987, Pineda 1987). */
    IMPLICIT,
    /** Implicit, with the output error weighted as in coupled learning. */
    METRIC_WEIGHTED,
    /**
     * Of (F(beta) - F(0)) / beta, where F is the minimum of the energy: exact at every finite beta.
     */
    FINITE_DIFFERENCE,
    /** The closed form of predictive coding in a linear network at a finite beta. */
    LINEAR;

    /** {@return the name in options and reports} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
