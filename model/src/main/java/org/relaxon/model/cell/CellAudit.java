package org.relaxon.model.cell;

import org.relaxon.model.math.Kernels;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/**
 * One cell's part in an audit. The activity is compared with prediction plus <em>held</em> error,
 * and the error with its own condition, so that nothing of the size of beta is lost in x - mu.
 */
final class CellAudit {
    private final CellId id;
    private final Afferent[] afferents;
    private final Kernels kernels;
    private final Synapses synapses;

    CellAudit(CellId id, Afferent[] afferents, Kernels kernels, Synapses synapses) {
        this.id = id;
        this.afferents = afferents;
        this.kernels = kernels;
        this.synapses = synapses;
    }

    void publish(CellState state, AuditFrame frame) {
        int at = id.from() * (state.activity().length / id.size());
        double[] x = state.activity();
        System.arraycopy(x, 0, frame.activity(id.population()), at, x.length);
        System.arraycopy(state.error(), 0, frame.error(id.population()), at, x.length);
    }

    void recompute(CellState state, CellState truth, AuditFrame frame, Rule judge) {
        synapses.fillBias(truth);
        for (Afferent a : afferents) {
            a.addTrueDrive(kernels, frame.activity(a.projection().pre()), truth.drive());
        }
        judge.predict(truth);
        System.arraycopy(state.error(), 0, truth.error(), 0, truth.error().length);
        if (watchesKinks(truth, judge)) {
            holdAtKinks(state, truth, frame, false);
        }
        judge.announce(truth);
        for (Afferent a : afferents) {
            if (!a.clamped()) {
                a.addTrueFeedback(kernels, truth.backward(), frame.feedback(a.projection().pre()));
            }
        }
    }

    /** See {@link Cell#sweepUp}. */
    void sweepUp(CellState state, CellState truth, AuditFrame swept, Rule judge) {
        synapses.fillBias(truth);
        for (Afferent a : afferents) {
            a.addTrueDrive(kernels, swept.activity(a.projection().pre()), truth.drive());
        }
        judge.predict(truth);
        System.arraycopy(state.error(), 0, truth.error(), 0, truth.error().length);
        if (watchesKinks(truth, judge)) {
            holdAtKinks(state, truth, swept, true);
        }
        if (state.feedback().length != truth.feedback().length) { // a curvature travels as well
            double[] mu = truth.prediction();
            for (int k = 0; k < mu.length; k++) {
                truth.activity()[k] = mu[k] + state.error()[k];
            }
        } else {
            System.arraycopy(state.feedback(), 0, truth.feedback(), 0, truth.feedback().length);
            judge.correct(truth);
        }
        swept.activity(id, truth.activity());
    }

    /** See {@link Cell#sweepBack}. */
    void sweepBack(CellState truth, AuditFrame swept, Rule judge) {
        int at = id.from() * (truth.feedback().length / id.size());
        System.arraycopy(
                swept.feedback(id.population()), at, truth.feedback(), 0, truth.feedback().length);
        judge.correct(truth);
        swept.activity(id, truth.activity());
        for (Afferent a : afferents) {
            if (!a.clamped()) {
                a.addTrueFeedback(kernels, truth.backward(), swept.feedback(a.projection().pre()));
            }
        }
    }

    /** See {@link Cell#sweepAgain}. */
    void sweepAgain(CellState truth, AuditFrame swept, Rule judge) {
        synapses.fillBias(truth);
        for (Afferent a : afferents) {
            a.addTrueDrive(kernels, swept.activity(a.projection().pre()), truth.drive());
        }
        judge.predict(truth);
        judge.correct(truth);
        swept.activity(id, truth.activity());
    }

    /** See {@link Cell#addUnresolved}. */
    void addUnresolved(
            CellState state,
            CellState truth,
            AuditFrame swept,
            boolean holdsErrors,
            UpdateErrors errors) {
        errors.addSize(
                id.population(),
                truth.backward(),
                holdsErrors
                        ? ErrorResolution.outputRounding(truth)
                        : ErrorResolution.differenceRounding(truth, state.error()));
        for (Afferent a : afferents) {
            errors.add(
                    a.projection().index(),
                    state.backward(),
                    truth.backward(),
                    a.recorded(),
                    swept.activity(a.projection().pre()));
        }
    }

    void defect(
            CellState state,
            CellState truth,
            AuditFrame frame,
            Phase phase,
            Rule judge,
            double[] defect) {
        int at = id.from() * (truth.feedback().length / id.size());
        System.arraycopy(
                frame.feedback(id.population()), at, truth.feedback(), 0, truth.feedback().length);
        judge.correct(truth);
        double[] activityUnit = new double[defect.length];
        double[] errorUnit = new double[defect.length];
        for (int c = 0; c < defect.length; c++) {
            activityUnit[c] = judge.dynamics().units().activity(phase, c, state.height());
            errorUnit[c] = judge.dynamics().units().feedback(phase, c, state.height());
        }
        for (Afferent a : afferents) {
            raiseByRecord(frame, a, activityUnit, defect);
        }
        double[] x = state.activity();
        double[] e = state.error();
        if (watchesKinks(truth, judge)) {
            raiseByKinks(state, truth, frame, activityUnit, errorUnit, defect);
        }
        for (int k = 0; k < x.length; k++) {
            double off = e[k] - truth.error()[k];
            double expected =
                    truth.activity()[k] + (judge.traits().has(Trait.ERROR_FORM) ? off : 0.0);
            raise(defect, k, Math.abs(x[k] - expected), activityUnit);
            raise(defect, k, Math.abs(off), errorUnit);
        }
    }

    private static boolean watchesKinks(CellState truth, Rule judge) {
        return judge.traits().has(Trait.READS_SLOPE) && !truth.activation().smooth();
    }

    /**
     * A neuron whose drive stands on a kink where its energy has a minimum may feed back by any
     * slope between those of the two sides: its own is taken, and the distance of the true drive
     * from the kink is its defect. Whether its neighbours rest under that slope is theirs.
     *
     * @param corrected whether to take the slope that would bring the true drive to the kink, as
     *     far as the neuron's own feedback does: what the held one lacks is then a difference of
     *     what travels back, and of the update
     */
    private void holdAtKinks(
            CellState state, CellState truth, AuditFrame frame, boolean corrected) {
        double[] slope = truth.slope();
        for (int k = 0; k < slope.length; k++) {
            double held = state.slope()[k];
            if (held == slope[k]) {
                continue;
            }
            HeldSlope here = HeldSlope.at(truth, k, gain(k / truth.columns()));
            if (here.bendsUpwards() && here.contains(held) && here.reaches(1.0)) {
                slope[k] = corrected ? here.towards(held, 1.0) : held;
                frame.hold(id, k, here.distance());
            }
        }
    }

    private void raiseByKinks(
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

    /** Squared length of one own neuron's weights from cells that can move. */
    double gain(int row) {
        double sum = 0.0;
        for (Afferent a : afferents) {
            sum += a.squaredLength(row);
        }
        return sum;
    }

    /**
     * The local update uses the recorded presynaptic activity, so a record that is wrong is a
     * defect even where the weights are too small for the prediction to show it.
     */
    private static void raiseByRecord(
            AuditFrame frame, Afferent a, double[] unit, double[] defect) {
        if (a.clamped()) {
            return;
        }
        double[] truth = frame.activity(a.projection().pre());
        double[] recorded = a.recorded();
        for (int k = 0; k < truth.length; k++) {
            raise(defect, k, Math.abs(recorded[k] - truth[k]), unit);
        }
    }

    private static void raise(double[] defect, int element, double value, double[] unit) {
        int column = element % defect.length;
        defect[column] = Math.max(defect[column], value / unit[column]); // hands NaN on
    }
}
