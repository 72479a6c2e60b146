package org.relaxon.model.rule;

import org.relaxon.model.state.CellState;

/**
 * The energy of {@link PredictiveCoding} by gradient steps, as the published experiments run it
 * (Millidge et al., arXiv 2206.02629): at each of its turns a cell moves its activity by {@code
 * step} times -e plus the received feedback. Slower than the error form, and unstable when step
 * times delay is large. The error is x - mu, which costs eps / beta.
 */
final class GradientPredictiveCoding extends PredictiveCoding {
    private final GradientSteps steps;

    /**
     * @param step size of a step, between 0 and 1
     */
    public GradientPredictiveCoding(double step) {
        this(
                new GradientSteps(
                        step,
                        GradientPredictiveCoding::goal,
                        new PredictiveCoding(),
                        Units.OF_DIFFERENCES));
    }

    private GradientPredictiveCoding(GradientSteps steps) {
        super(TRAITS.without(Trait.HOLDS_ERRORS).with(Trait.NUDGES_BESIDE_FEEDBACK), steps);
        this.steps = steps;
    }

    @Override
    public void correct(CellState s) {
        steps.move(s);
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.activity()[k] - s.prediction()[k];
        }
        announce(s);
    }

    /** Where the descent direction points: x plus minus the derivative of the energy. */
    private static double[] goal(CellState s) {
        double[] goal = s.prediction().clone();
        for (int k = 0; k < goal.length; k++) {
            double heard = s.feedback()[k];
            goal[k] = heard == 0.0 ? goal[k] : goal[k] + heard;
        }
        if (s.isOutput()) {
            GradientSteps.addPull(s, goal);
        }
        return goal;
    }
}
