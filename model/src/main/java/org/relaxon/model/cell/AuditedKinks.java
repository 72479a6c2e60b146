package org.relaxon.model.cell;

import org.relaxon.model.network.CellId;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.state.CellState;

/** The neurons of one cell that rest at kinks of their activation, as an audit sees them. */
final class AuditedKinks {
    /** A curvature, in squares of weights, that only a kink can cause. */
    private static final double HELD = 1e6;

    /** Why a neuron does not move under a rule whose curvature is bounded. */
    private static final String STAYS =
            "it projects to a unit on its kink, and safeguarded dynamics"
                    + " do not search for its slope";

    private final Cell cell;
    private final CellId id;

    AuditedKinks(Cell cell) {
        this.cell = cell;
        id = cell.id();
    }

    /**
     * {@return for each column, length B, the first neuron that was given up at a kink, or that
     * hardly moves because it projects to a neuron at a kink, which no ordinary curvature covers;
     * null where there is none} It may be at rest there.
     */
    ColumnFault[] held() {
        CellState state = cell.now().state();
        Kinks kinks = cell.now().kinks();
        ColumnFault[] out = new ColumnFault[state.columns()];
        for (int k = state.slope().length - 1; kinks != null && k >= 0; k--) {
            if (kinks.isLost(k)) {
                out[k % out.length] = kink(k, "");
            }
        }
        Rule rule = cell.plan().rule();
        if (rule.dynamics().curvatureMax() == Double.POSITIVE_INFINITY || cell.plan().isOutput()) {
            return out;
        }
        for (int k = state.error().length - 1; k >= 0; k--) {
            if (!state.isHeld(k) && state.curvature(k) > HELD) {
                out[k % out.length] = kink(k, STAYS);
            }
        }
        return out;
    }

    private ColumnFault kink(int k, String why) {
        int columns = cell.now().state().columns();
        return new ColumnFault(k % columns, Reason.KINK, id, id.from() + k / columns, why);
    }

    /** Whether a kink can hold a neuron under a rule. */
    static boolean areWatched(CellState truth, Rule judge) {
        return judge.traits().has(Trait.READS_SLOPE) && !truth.activation().smooth();
    }

    /**
     * Holds neurons at kinks. Where the drive is on a kink at which the neuron's energy has a
     * minimum, any slope between those of the two sides is valid feedback: the neuron's own slope
     * is used, and the distance of the true drive from the kink is its defect. Whether neighbours
     * are at rest under that slope is part of their own defects.
     *
     * @param corrected whether to use the slope that would bring the true drive to the kink, as far
     *     as the neuron's own feedback can: the error of the held slope then appears in the
     *     feedback and in the update
     */
    void hold(CellState state, CellState truth, AuditFrame frame, boolean corrected) {
        double[] slope = truth.slope();
        for (int k = 0; k < slope.length; k++) {
            double held = state.slope()[k];
            if (held == slope[k]) {
                continue;
            }
            HeldSlope here =
                    HeldSlope.at(truth, k, cell.ports().squaredLength(k / truth.columns()));
            if (here.bendsUpwards() && here.contains(held) && here.reaches(1.0)) {
                slope[k] = corrected ? here.towards(held, 1.0) : held;
                frame.hold(id, k, here.distance());
            }
        }
    }

    void raise(
            CellState state,
            CellState truth,
            AuditFrame frame,
            double[] activityUnit,
            double[] errorUnit,
            double[] defect) {
        for (int k = 0; k < truth.slope().length; k++) {
            double off = (state.slope()[k] - truth.slope()[k]) * state.error()[k];
            raise(defect, k, Math.abs(off), errorUnit);
            raise(defect, k, Math.abs(frame.offKink(id, k)), activityUnit);
        }
    }

    private static void raise(double[] defect, int element, double value, double[] unit) {
        int column = element % defect.length;
        defect[column] = Math.max(defect[column], value / unit[column]); // propagates NaN
    }
}
