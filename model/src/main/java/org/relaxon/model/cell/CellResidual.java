package org.relaxon.model.cell;

import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;

/**
 * How far every neuron of a cell is from where the cell's own energy is least, given the signals
 * that the cell has recorded. Reading it changes nothing in the cell.
 */
public final class CellResidual {
    private final Cell cell;
    private final CellState state;

    private CellResidual(Cell cell) {
        this.cell = cell;
        state = cell.now().state();
    }

    /**
     * The distance of every neuron, in the units in which the audit measures defects: the activity
     * in units of activity, the error, where it is held, in units of the strength; the larger of
     * the two.
     *
     * @param cell cell in an open phase, of the calling thread
     * @return shape (n, planes x B); NaN where the state is
     */
    public static double[] of(Cell cell) {
        return new CellResidual(cell).distances();
    }

    private double[] distances() {
        Rule rule = judge();
        CellState least = cell.now().newState(rule);
        least.anchorAt(state.anchor());
        least.recall(state);
        drive(least);
        rule.predict(least);
        System.arraycopy(state.activity(), 0, least.activity(), 0, least.activity().length);
        System.arraycopy(state.error(), 0, least.error(), 0, least.error().length);
        if (rule.traits().has(Trait.READS_SLOPE) && !state.activation().smooth()) {
            holdAtKinks(least);
        }
        feedback(least);
        Held.correct(rule, least);
        return distances(least, rule);
    }

    /** The rule of the stated energy; the cell's own where feedback carries a curvature as well. */
    private Rule judge() {
        Rule own = cell.plan().rule();
        Rule judge = own.dynamics().judge(own);
        int length = cell.now().newState(judge).feedback().length;
        return length == state.feedback().length ? judge : own;
    }

    /** What was recorded counts as not yet looked at if it did before. */
    private void drive(CellState into) {
        cell.synapses().fillBias(into);
        for (Afferent a : cell.ports().afferents()) {
            boolean changed = a.changed();
            a.addDrive(cell.kernels(), into.drive());
            if (changed) {
                a.touch();
            }
        }
    }

    private void feedback(CellState into) {
        boolean[] changed = new boolean[cell.ports().efferents().length];
        for (int k = 0; k < changed.length; k++) {
            changed[k] = cell.ports().efferents()[k].changed();
        }
        cell.ports().gatherFeedback(into.feedback());
        for (int k = 0; k < changed.length; k++) {
            if (changed[k]) {
                cell.ports().efferents()[k].touch();
            }
        }
    }

    /** A slope that is held at a kink stays where it is valid. */
    private void holdAtKinks(CellState least) {
        double[] slope = least.slope();
        for (int k = 0; k < slope.length; k++) {
            double held = state.slope()[k];
            double gain = cell.ports().squaredLength(k / least.columns());
            if (held != slope[k] && isValid(HeldSlope.at(least, k, gain), held)) {
                slope[k] = held;
            }
        }
    }

    private static boolean isValid(HeldSlope here, double held) {
        return here.bendsUpwards() && here.contains(held) && here.reaches(1.0);
    }

    private double[] distances(CellState least, Rule rule) {
        Units units = rule.dynamics().units();
        double[] x = state.activity();
        double[] out = new double[x.length];
        boolean errorForm = rule.traits().has(Trait.ERROR_FORM);
        for (int k = 0; k < out.length; k++) {
            int column = k % state.columns();
            double off = state.error()[k] - least.error()[k];
            double expected = least.activity()[k] + (errorForm ? off : 0.0);
            double moved =
                    Math.abs(x[k] - expected)
                            / units.activity(state.phase(), column, state.height());
            double turned = Math.abs(off) / units.feedback(state.phase(), column, state.height());
            out[k] = Math.max(moved, turned); // propagates NaN
        }
        return out;
    }
}
