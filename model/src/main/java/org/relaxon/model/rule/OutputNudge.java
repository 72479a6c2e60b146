package org.relaxon.model.rule;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.state.CellState;

/**
 * The nudged output of an energy whose unit rests at s = f(h - beta (s - T)), where h is the drive
 * plus any feedback: one equation per neuron, solved to round-off inside one relaxation.
 */
final class OutputNudge {
    private static final int ITERATIONS_MAX = 1000;

    private OutputNudge() {}

    /**
     * Solves e = F(e) = f(a + shift + beta (distance - e)) - f(a) by Newton's method within a
     * bracket; distance is T - f(a). e - F(e) rises with e for every beta above -1 / max f'.
     *
     * @param s the cell, for its activation and arithmetic
     * @param mu f(a)
     */
    static double solve(
            CellState s, double a, double mu, double shift, double beta, double distance) {
        Activation f = s.activation();
        double e = f.increment(a, mu, shift + beta * distance, s.math());
        if (!(Math.abs(e) > 0.0)) {
            return e; // 0, or not a number
        }
        double end = beta > 0.0 ? e : e / (1.0 + beta * f.steepest());
        double low = Math.min(0.0, end);
        double high = Math.max(0.0, end);
        for (int i = 0; i < ITERATIONS_MAX; i++) {
            double h = shift + beta * (distance - e);
            double gap = e - f.increment(a, mu, h, s.math());
            if (gap == 0.0) {
                break;
            }
            low = gap > 0.0 ? low : e;
            high = gap > 0.0 ? e : high;
            double slope = f.slope(a + h, f.value(a + h, s.math()), s.math());
            double next = e - gap / (1.0 + beta * slope);
            if (!(next > low && next < high)) {
                next = low + 0.5 * (high - low);
            }
            double step = Math.abs(next - e);
            e = next;
            if (step <= Math.ulp(e)) {
                break;
            }
        }
        return e;
    }
}
