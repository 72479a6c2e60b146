package org.relaxon.experiments.certificate;

/**
 * How a cell moves when it relaxes.
 *
 * @param kind fixed point, coordinate minimisation, exact or safeguarded, or gradient step
 * @param step eta of a gradient step, dimensionless, finite and greater than 0; NaN otherwise
 */
public record Dynamics(Kind kind, double step) {
    /** The ways to move. */
    public enum Kind {
        /** To the value that the neighbours' messages imply. */
        FIXED_POINT,
        /** To the minimum of the energy in the cell's own activity. */
        COORDINATE,
        /** To the minimum of a bound of the energy, in turns. */
        SAFEGUARDED,
        /** A fraction of the way, once per tick. */
        GRADIENT
    }

    /**
     * Checks that gradient dynamics, and only it, has a step.
     *
     * @param kind fixed point, coordinate minimisation, exact or safeguarded, or gradient step
     * @param step eta of a gradient step, dimensionless, finite and greater than 0
     */
    public Dynamics {
        boolean positive = step > 0 && step < Double.POSITIVE_INFINITY;
        if (kind == Kind.GRADIENT && !positive) {
            throw new IllegalArgumentException("step: need a finite number > 0, got " + step);
        }
        if (kind != Kind.GRADIENT && !Double.isNaN(step)) {
            throw new IllegalArgumentException("step: only gradient dynamics has one, got " + step);
        }
    }

    /** {@return relaxation to the fixed point} */
    public static Dynamics fixedPoint() {
        return new Dynamics(Kind.FIXED_POINT, Double.NaN);
    }

    /** {@return exact coordinate minimisation} */
    public static Dynamics coordinate() {
        return new Dynamics(Kind.COORDINATE, Double.NaN);
    }

    /**
     * {@return coordinate minimisation of a bound of the energy that is tight at the cell's present
     * state}
     */
    public static Dynamics safeguarded() {
        return new Dynamics(Kind.SAFEGUARDED, Double.NaN);
    }

    /**
     * {@return gradient steps of size {@code eta}}
     *
     * @param eta finite and greater than 0
     */
    public static Dynamics gradient(double eta) {
        return new Dynamics(Kind.GRADIENT, eta);
    }
}
