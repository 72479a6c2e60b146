package org.relaxon.model.rule;

import org.relaxon.model.state.CellState;

/**
 * The energy of {@link PredictiveCoding} by coordinate minimisation, for nudges so strong that the
 * error form need not contract. Feedback carries a gradient g, a curvature c and the activity x' at
 * which they were computed; a hidden cell rests at x = (mu + sum (g + c x')) / (1 + sum c).
 *
 * <p>All neurons move at once, so c is not the diagonal of W^T f'^2 W but the separable bound of
 * it, c_j = sum_i f'_i^2 |W_ij| sum_k |W_ik| (De Pierro 1995), with which simultaneous steps cannot
 * overshoot together. The error is x - mu, which costs eps / beta: not for small nudges.
 */
final class CoordinatePredictiveCoding extends PredictiveCoding {
    /** By the curvature of Gauss and Newton, for moves of all cells. */
    public CoordinatePredictiveCoding() {
        this(new CurvatureSteps(null, new PredictiveCoding(), null, Double.POSITIVE_INFINITY));
    }

    private CoordinatePredictiveCoding(CurvatureSteps steps) {
        super(TRAITS.without(Trait.HOLDS_ERRORS).with(steps.traits()), steps);
    }

    @Override
    protected void hiddenError(CellState s) {
        double[] e = s.error();
        for (int k = 0; k < e.length; k++) {
            double mu = s.prediction()[k];
            e[k] = (mu + s.pulled(k)) / (1.0 + s.curvature(k)) - mu;
        }
    }
}
