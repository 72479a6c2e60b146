package org.relaxon.model.rule;

import java.util.Arrays;
import java.util.function.Function;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/**
 * A cell's own steps along the descent direction of its energy, at its own pace: x += step (goal -
 * x).
 *
 * @param gradientStep greater than 0 and at most 1
 * @param goal where the direction of descent points, flat (n, B)
 * @param judge the fixed-point rule
 * @param units of thresholds
 */
record GradientSteps(
        double gradientStep, Function<CellState, double[]> goal, Rule judge, Units units)
        implements Dynamics {
    GradientSteps {
        if (!(gradientStep > 0 && gradientStep <= 1)) {
            throw new IllegalArgumentException(
                    "step: " + gradientStep + " is not in 0..1, 0 excluded");
        }
    }

    @Override
    public String optionName() {
        return "gradient:" + gradientStep;
    }

    @Override
    public Rule judge(Rule own) {
        return judge;
    }

    /**
     * Moves, and records whether any activity changed. A clamped output is held at its target from
     * its first turn on.
     */
    void move(CellState s) {
        double[] to = goal.apply(s);
        double[] x = s.activity();
        if (s.isOutput() && s.output() == Phase.Output.CLAMPED) {
            s.moved(!Arrays.equals(x, to));
            System.arraycopy(to, 0, x, 0, x.length);
            return;
        }
        boolean moved = false;
        for (int k = 0; k < x.length; k++) {
            double next = s.isHeld(k) ? s.held(k) : x[k] + gradientStep * (to[k] - x[k]);
            moved |= next != x[k]; // NaN counts as a move, and the guard finds it
            x[k] = next;
        }
        s.moved(moved);
    }

    /** Adds -beta dLoss/dx at the present activity of a nudged output. */
    static void addPull(CellState s, double[] goal) {
        if (s.target() == null) {
            return;
        }
        double[] x = s.activity();
        double[] pull = new double[x.length];
        for (int c = 0; c < s.columns(); c++) {
            s.loss().pull(x, s.target(), s.neurons(), s.columns(), c, s.math(), pull);
            for (int k = c; k < x.length; k += s.columns()) {
                goal[k] =
                        s.output() == Phase.Output.CLAMPED
                                ? s.target()[k]
                                : goal[k] + s.beta()[c] * pull[k];
            }
        }
    }

    /**
     * True if any activity is farther from its goal than the threshold times the nudging strength
     * of its column; NaN does not count.
     */
    @Override
    public boolean wantsAnotherTurn(CellState s, double threshold) {
        if (!s.moved()) {
            return false;
        }
        double[] to = goal.apply(s);
        for (int k = 0; k < to.length; k++) {
            double beta = Math.abs(s.beta()[k % s.columns()]);
            double unit = beta == 0.0 ? 1.0 : beta;
            if (!s.isHeld(k) && Math.abs(to[k] - s.activity()[k]) > threshold * unit) {
                return true;
            }
        }
        return false;
    }
}
