package org.relaxon.model.rule;

import org.relaxon.model.energy.Drive;
import org.relaxon.model.energy.EnergyTerm;

/** Where the share of one hidden neuron is least, given what it hears. */
final class TermMinimum {
    /** Doublings that lead from the smallest number past the largest. */
    private static final int DOUBLINGS_MAX = 2200;

    private static final int ITERATIONS_MAX = 1000;

    private TermMinimum() {}

    /**
     * Solves dphi/dx (x, a) = feedback by Newton's method within a bracket, to round-off, from x =
     * f(a): the result is a function of a and feedback alone.
     *
     * @return NaN if there is no such x, or something is not a number
     */
    static double find(EnergyTerm term, Drive a, double feedback) {
        double x = a.prediction();
        double gap = term.byActivity(x, a) - feedback;
        if (gap == 0.0) {
            return x;
        }
        double way = -Math.signum(gap);
        double width = Math.abs(gap / term.byActivityTwice(x, a));
        width = Math.max(width, Math.ulp(x)); // NaN and infinity end in a bracket of none
        double end = x + way * width;
        for (int k = 0; (term.byActivity(end, a) - feedback) * way < 0.0; k++) {
            if (k == DOUBLINGS_MAX) {
                return Double.NaN;
            }
            x = end;
            width *= 2.0;
            end = x + way * width;
        }
        return within(term, a, feedback, Math.min(x, end), Math.max(x, end));
    }

    private static double within(
            EnergyTerm term, Drive a, double feedback, double from, double to) {
        double low = from;
        double high = to;
        double x = Math.abs(from - a.prediction()) > Math.abs(to - a.prediction()) ? from : to;
        for (int i = 0; i < ITERATIONS_MAX; i++) {
            double gap = term.byActivity(x, a) - feedback;
            if (gap == 0.0) {
                break;
            }
            low = gap > 0.0 ? low : x;
            high = gap > 0.0 ? x : high;
            double next = x - gap / term.byActivityTwice(x, a);
            if (!(next > low && next < high)) {
                next = low + 0.5 * (high - low);
            }
            double moved = Math.abs(next - x);
            x = next;
            if (!(moved > Math.ulp(x))) {
                break; // or not a number
            }
        }
        return x;
    }
}
