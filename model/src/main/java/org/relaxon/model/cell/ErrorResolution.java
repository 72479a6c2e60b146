package org.relaxon.model.cell;

import org.relaxon.model.state.CellState;

/**
 * Decides when a change of feedback is worth a signal in forms that hold errors as variables: when
 * it exceeds a share of the error's own size in that column. Errors shrink from layer to layer and
 * with the nudging strength; by this measure every layer is resolved alike. At the output, where
 * the error is a difference of target and prediction, a change below the rounding of these two does
 * not count.
 */
final class ErrorResolution {
    /** Roundings that enter an output's error, in units in the last place. */
    private static final double ROUNDINGS = 4.0;

    private ErrorResolution() {}

    /**
     * True if any column has moved beyond what may stay unsent, or is NaN.
     *
     * @param said feedback last sent, before weights
     * @param share the share of an error's size that is worth a signal; 0 for any changed bit
     * @param ulp of a product with weights of size 1
     */
    static boolean moved(CellState state, double[] said, double share, double ulp) {
        double[] now = state.backward();
        double[] allowed = Columns.sizes(now, state.columns());
        double[] floor =
                share > 0 && (state.isOutput() || state.holds())
                        ? outputRounding(state, ulp)
                        : null;
        for (int c = 0; c < allowed.length; c++) {
            allowed[c] *= share;
            if (floor != null) {
                allowed[c] = Math.max(allowed[c], floor[c]);
            }
        }
        return Port.differs(now, said, 0, now.length, allowed);
    }

    /**
     * Rounding of target and prediction in the error that an output sends back, per column; 0 in a
     * free column. A held neuron has its value for a target.
     *
     * @param ulp of a product with weights of size 1
     */
    static double[] outputRounding(CellState state, double ulp) {
        int columns = state.columns();
        double[] out = new double[columns];
        if (!state.holds() && state.target() == null) {
            return out;
        }
        for (int k = 0; k < state.prediction().length; k++) {
            boolean held = state.isHeld(k);
            if (!held && state.target() == null) {
                continue;
            }
            int c = k % columns;
            double factor = held ? 1.0 : Math.min(1.0, Math.abs(state.beta()[c]));
            double aim = held ? state.held(k) : state.target()[k];
            double terms = Math.abs(aim) + Math.abs(state.prediction()[k]);
            out[c] = Math.max(out[c], ROUNDINGS * ulp * factor * terms);
        }
        return out;
    }

    /**
     * The same where every error is a difference of two activities: the rounding of these
     * activities times the factor that is sent back with the error. It is 0 where a unit sends back
     * 0 whatever its error, and where it receives exactly 0 and holds no error: an error that only
     * decays ends as the rounding of its activity.
     *
     * @param held errors that the cell holds, flat (n, B)
     * @param ulp of a product with weights of size 1
     */
    static double[] differenceRounding(CellState state, double[] held, double ulp) {
        double[] out = new double[state.columns()];
        double[] e = state.error();
        for (int k = 0; k < e.length; k++) {
            if (!state.isOutput() && state.feedback()[k] == 0.0 && held[k] == 0.0) {
                continue;
            }
            int c = k % out.length;
            double factor = e[k] == 0.0 ? state.slope()[k] : state.backward()[k] / e[k];
            double rounding = ROUNDINGS * ulp * Math.abs(state.activity()[k] * factor);
            out[c] = Math.max(out[c], rounding);
        }
        return out;
    }
}
