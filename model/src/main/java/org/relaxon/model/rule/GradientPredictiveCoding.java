package org.relaxon.model.rule;

import org.relaxon.model.state.CellState;

/**
 * The energy of {@link PredictiveCoding} by gradient steps, as the published experiments run it
 * (Millidge et al., arXiv 2206.02629): at every turn of its own a cell moves its activity by {@code
 * step} times -e plus the received feedback. Slower than the error form, and unstable when step
 * times delay is large. The error is x - mu, which costs eps / beta.
 */
public final class GradientPredictiveCoding extends ActivityForm {
    private final double step;

    /**
     * @param step size of a step, between 0 and 1
     */
    public GradientPredictiveCoding(double step) {
        this.step = GradientStep.require(step);
    }

    @Override
    public String dynamics() {
        return "gradient:" + step;
    }

    @Override
    public double gradientStep() {
        return step;
    }

    @Override
    public void correct(CellState s) {
        double[] goal = goal(s);
        GradientStep.towards(s, goal, step);
        for (int k = 0; k < goal.length; k++) {
            s.error()[k] = s.activity()[k] - s.prediction()[k];
        }
        announce(s);
    }

    /** Where the descent direction points from here: x plus minus the derivative of the energy. */
    private static double[] goal(CellState s) {
        double[] goal = s.prediction().clone();
        if (s.isOutput()) {
            GradientStep.addPull(s, goal);
            return goal;
        }
        for (int k = 0; k < goal.length; k++) {
            goal[k] += s.feedback()[k];
        }
        return goal;
    }

    @Override
    public boolean wantsAnotherTurn(CellState s, double threshold) {
        return s.moved() && GradientStep.isBeyond(s, goal(s), threshold);
    }
}
