package org.relaxon.model.rule;

import java.util.Arrays;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** One step of a cell's own towards where its energy falls. */
final class GradientStep {
    private GradientStep() {}

    static double require(double step) {
        if (!(step > 0 && step <= 1)) {
            throw new IllegalArgumentException("step: " + step + " is not in 0..1, 0 excluded");
        }
        return step;
    }

    /**
     * x += step (goal - x), and remembers whether any activity changed. A clamped output is held at
     * its target from its first turn on.
     */
    static void towards(CellState s, double[] goal, double step) {
        double[] x = s.activity();
        if (s.isOutput() && s.output() == Phase.Output.CLAMPED) {
            s.moved(!Arrays.equals(x, goal));
            System.arraycopy(goal, 0, x, 0, x.length);
            return;
        }
        boolean moved = false;
        for (int k = 0; k < x.length; k++) {
            double next = x[k] + step * (goal[k] - x[k]);
            moved |= next != x[k]; // NaN moves, and is found by the guard
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
     * of its column; NaN is not.
     */
    static boolean isBeyond(CellState s, double[] goal, double threshold) {
        for (int k = 0; k < goal.length; k++) {
            double beta = Math.abs(s.beta()[k % s.columns()]);
            double unit = beta == 0.0 ? 1.0 : beta;
            if (Math.abs(goal[k] - s.activity()[k]) > threshold * unit) {
                return true;
            }
        }
        return false;
    }
}
