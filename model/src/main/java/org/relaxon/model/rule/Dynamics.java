package org.relaxon.model.rule;

import org.relaxon.model.state.CellState;

/**
 * How a cell moves on its energy, beyond one call of {@link Rule#correct}: to the fixed point at
 * once, by steps, or by the received curvature.
 */
public interface Dynamics {
    /** To the value that the messages imply, at once. */
    Dynamics FIXED_POINT = new Dynamics() {};

    /**
     * The same, with thresholds and defects in other units.
     *
     * @param units units of thresholds and defects
     * @return the dynamics
     */
    static Dynamics fixedPoint(Units units) {
        return new Dynamics() {
            @Override
            public Units units() {
                return units;
            }
        };
    }

    /** {@return the name in options; empty for the fixed point} */
    default String optionName() {
        return "";
    }

    /** {@return the sizes in which thresholds and defects are measured} */
    default Units units() {
        return Units.OF_ERRORS;
    }

    /**
     * The rule of the same energy that judges the equilibrium.
     *
     * @param own the rule that moves in this way; by default it judges itself
     * @return the judge
     */
    default Rule judge(Rule own) {
        return own;
    }

    /** {@return the traits that this way of moving requires} */
    default Traits traits() {
        return Traits.NONE;
    }

    /** {@return size of the steps of gradient dynamics; NaN for all others} */
    default double gradientStep() {
        return Double.NaN;
    }

    /**
     * True if the cell needs another turn although nothing arrives, as in gradient dynamics.
     *
     * @param threshold largest change of activity that is not worth a signal
     * @param state state of the cell
     * @return whether it needs one
     */
    default boolean wantsAnotherTurn(CellState state, double threshold) {
        return false;
    }

    /**
     * Writes a bound of the curvature of each neuron's own energy as a function of its drive, flat
     * (n, B); the curvature sent under {@link Trait#SENDS_CURVATURE} follows from it. By default
     * f'^2, the Gauss-Newton curvature, which is not a bound where f is curved.
     *
     * @param state state of the cell
     * @param curvature result, flat (n, B)
     */
    default void driveCurvature(CellState state, double[] curvature) {
        for (int k = 0; k < curvature.length; k++) {
            double slope = state.slope()[k];
            curvature[k] = slope * slope;
        }
    }

    /** {@return the curvature beyond which a neuron does not move, and the largest that is sent} */
    default double curvatureMax() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * From activity and prediction: writes error and backward, and leaves the activity unchanged.
     *
     * @param state state of the cell
     * @throws UnsupportedOperationException unless the rule has {@link Trait#NEEDS_RENEWAL}
     */
    default void renew(CellState state) {
        throw new UnsupportedOperationException("these dynamics do not renew feedback");
    }
}
