package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/**
 * One cell's part in an audit. The activity is compared with prediction plus <em>held</em> error,
 * and the error with its own condition, so that nothing of the size of beta is lost in x - mu.
 */
public final class CellAudit {
    private final Cell cell;
    private final Rule rule;
    private final CellId id;
    private final Afferent[] afferents;
    private final Kernels kernels;
    private final Synapses synapses;

    CellAudit(Cell cell) {
        this.cell = cell;
        rule = cell.plan().rule();
        id = cell.id();
        afferents = cell.ports().afferents();
        kernels = cell.kernels();
        synapses = cell.synapses();
    }

    /**
     * First step of an audit: puts the activity and error that this cell holds into the frame.
     *
     * @param frame frame of the audit
     */
    public void publish(AuditFrame frame) {
        CellState state = cell.now().state();
        int at = id.from() * (state.activity().length / id.size());
        double[] x = state.activity();
        System.arraycopy(x, 0, frame.activity(id.population()), at, x.length);
        System.arraycopy(state.error(), 0, frame.error(id.population()), at, x.length);
        frame.remember(id, state.memories());
    }

    /**
     * Puts the activity of the state that this phase started from into the frame.
     *
     * @param frame frame that receives it
     */
    public void publishAnchor(AuditFrame frame) {
        frame.activity(id, cell.now().state().anchor().activity());
    }

    /**
     * Second step: recomputes the prediction from the true presynaptic activities and adds the
     * feedback that it and this cell's error imply.
     *
     * @param frame frame that holds the published activities and errors; receives feedback
     * @param judge the rule of the stated energy; the cell's own rule is not used
     * @return the recomputed state, to be handed to {@link #defect}
     */
    public CellState recompute(AuditFrame frame, Rule judge) {
        CellState truth = cell.now().newState(judge);
        truth.anchorAt(cell.now().state().anchor());
        recompute(cell.now().state(), truth, frame, judge);
        return truth;
    }

    /**
     * Third step: the defect of every column, that is how far this cell is from where its own
     * energy is least given the true values of all its neighbours, in the units of the judge.
     *
     * @param frame frame that holds the true state of all cells
     * @param truth what {@link #recompute} returned
     * @param judge the rule of the stated energy
     * @param defect raised to this cell's defect where that is larger, length B; NaN stays
     */
    public void defect(AuditFrame frame, CellState truth, Rule judge, double[] defect) {
        defect(cell.now().state(), truth, frame, cell.now().phase(), judge, defect);
    }

    /**
     * First half of a sweep that bounds the changes not sent: predicts again from the swept
     * activities of the cells below, with the errors and the feedback that this cell holds. Where
     * these activities are the published ones in all bits, the prediction of {@link #recompute} is
     * used: it is the same function of the same numbers.
     *
     * @param swept frame of the sweep: holds the swept activities below, receives those of this
     *     cell
     * @param judge rule of the stated energy
     * @param anchorOff errors by population in the state that this phase started from, flat in the
     *     columns of that state: a nudge measures an output's distance from its target there; null
     *     if they are not known
     * @param published frame that holds the published activities
     * @param truth what {@link #recompute} returned; not used any more
     * @return the swept state, to be handed to {@link #sweepBack} and {@link #addUnresolved}
     */
    public CellState sweepUp(
            AuditFrame swept,
            Rule judge,
            double[][] anchorOff,
            AuditFrame published,
            CellState truth) {
        CellState state = cell.now().state();
        CellState out = truth;
        if (isPredicted(swept, judge, published, truth)) {
            Arrays.fill(out.activity(), 0.0); // where a correction begins
            Arrays.fill(out.backward(), 0.0);
        } else {
            out = anchored(judge, anchorOff);
            out.recall(state);
            drive(swept, out);
            judge.predict(out);
        }
        sweepUp(state, out, swept, judge);
        return out;
    }

    /** Whether a state has the prediction that follows from a frame, and nothing but that. */
    private boolean isPredicted(
            AuditFrame swept, Rule judge, AuditFrame published, CellState truth) {
        boolean plain = truth.anchor() == null && truth.memories().isEmpty();
        boolean same =
                plain
                        && judge.traits().has(Trait.ERROR_FORM)
                        && !AuditedKinks.areWatched(truth, judge);
        for (Afferent a : afferents) {
            same = same && swept.isAs(published, a.projection().pre());
        }
        return same;
    }

    /** A state at rest, anchored in the free state, or in that with the output's error added. */
    CellState anchored(Rule judge, double[][] anchorOff) {
        CellState state = cell.now().state();
        CellState truth = cell.now().newState(judge);
        boolean pulled = truth.isOutput() && state.anchor() != null && anchorOff != null;
        truth.anchorAt(pulled ? moved(state.anchor(), anchorOff[id.population()]) : state.anchor());
        return truth;
    }

    /** A copy of a free state, with the population's error added to its activity. */
    private CellState moved(CellState free, double[] off) {
        CellState out = cell.now().newState(rule);
        double[][] to = out.arrays();
        for (int k = 0; k < to.length; k++) {
            System.arraycopy(free.arrays()[k], 0, to[k], 0, to[k].length);
        }
        double[] x = out.activity();
        int planes = x.length / (id.size() * out.columns());
        int width =
                off.length
                        / (cell.plan().population().size() * planes); // columns of the free phase
        for (int k = 0; k < x.length; k++) {
            int row = id.from() * planes + k / out.columns();
            x[k] += off[row * width + k % out.columns() % width];
        }
        return out;
    }

    /** Writes biases and W x of the activities in a frame. */
    private void drive(AuditFrame from, CellState truth) {
        synapses.fillBias(truth);
        for (Afferent a : afferents) {
            a.addTrueDrive(kernels, from.activity(a.projection().pre()), truth.drive());
        }
    }

    /**
     * Third pass, upwards again: predicts and corrects again from the swept cells below.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param judge rule of the stated energy
     */
    public void sweepAgain(AuditFrame swept, CellState truth, Rule judge) {
        drive(swept, truth);
        judge.predict(truth);
        MemoryMoves.correctToRest(judge, truth);
        swept.activity(id, truth.activity());
    }

    /**
     * Second half of a sweep: corrects the swept state by the swept feedback of the cells above.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param judge rule of the stated energy
     */
    public void sweepBack(AuditFrame swept, CellState truth, Rule judge) {
        int at = id.from() * (truth.feedback().length / id.size());
        System.arraycopy(
                swept.feedback(id.population()), at, truth.feedback(), 0, truth.feedback().length);
        MemoryMoves.correctToRest(judge, truth);
        swept.activity(id, truth.activity());
        for (Afferent a : afferents) {
            if (!a.clamped()) {
                a.addTrueFeedback(kernels, truth.backward(), swept.feedback(a.projection().pre()));
            }
        }
    }

    /**
     * Adds the distance between the local update of this cell and that of the swept state.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param errors sums per projection and column
     */
    public void addUnresolved(AuditFrame swept, CellState truth, UpdateErrors errors) {
        addUnresolved(
                cell.now().state(), truth, swept, rule.traits().has(Trait.HOLDS_ERRORS), errors);
    }

    /**
     * Adds this cell's share of the energy to every column, length B; NaN where it is not known, or
     * the network has none.
     *
     * @param energy sums per column, length B
     */
    public void addEnergy(double[] energy) {
        cell.plan().addEnergy(cell.now().state(), energy);
    }

    /** {@return the columns that this cell took out of play, length B; null for the others} */
    public ColumnFault[] faults() {
        return cell.now().faults();
    }

    /**
     * {@return for each column, length B, the first neuron that was given up at a kink, or that
     * hardly moves because it projects to a neuron at a kink, which no ordinary curvature covers;
     * null where there is none} It may be at rest there.
     */
    public ColumnFault[] held() {
        return new AuditedKinks(cell).held();
    }

    void recompute(CellState state, CellState truth, AuditFrame frame, Rule judge) {
        truth.recall(state);
        if (!cell.ports().hasMovingBelow() && judge == rule && cell.now().isPredicted()) {
            truth.predictAs(state); // by the same rule, from the same drive, which is kept
        } else {
            drive(frame, truth);
            judge.predict(truth);
        }
        System.arraycopy(state.error(), 0, truth.error(), 0, truth.error().length);
        if (AuditedKinks.areWatched(truth, judge)) {
            new AuditedKinks(cell).hold(state, truth, frame, false);
        }
        judge.announce(truth);
        for (Afferent a : afferents) {
            if (!a.clamped()) {
                a.addTrueFeedback(kernels, truth.backward(), frame.feedback(a.projection().pre()));
            }
        }
    }

    private void sweepUp(CellState state, CellState truth, AuditFrame swept, Rule judge) {
        System.arraycopy(state.error(), 0, truth.error(), 0, truth.error().length);
        if (AuditedKinks.areWatched(truth, judge)) {
            new AuditedKinks(cell).hold(state, truth, swept, true);
        }
        if (state.feedback().length != truth.feedback().length) { // a curvature is sent as well
            double[] mu = truth.prediction();
            for (int k = 0; k < mu.length; k++) {
                truth.activity()[k] = mu[k] + state.error()[k];
            }
            Held.put(judge, truth);
        } else {
            System.arraycopy(state.feedback(), 0, truth.feedback(), 0, truth.feedback().length);
            MemoryMoves.correctToRest(judge, truth);
        }
        swept.activity(id, truth.activity());
    }

    private void addUnresolved(
            CellState state,
            CellState truth,
            AuditFrame swept,
            boolean holdsErrors,
            UpdateErrors errors) {
        errors.addSize(
                id.population(),
                truth.backward(),
                holdsErrors
                        ? ErrorResolution.outputRounding(truth, cell.plan().ulp())
                        : ErrorResolution.differenceRounding(
                                truth, state.error(), cell.plan().ulp()));
        for (Afferent a : afferents) {
            a.addUnresolved(
                    state.backward(),
                    truth.backward(),
                    swept.activity(a.projection().pre()),
                    errors);
        }
    }

    private void defect(
            CellState state,
            CellState truth,
            AuditFrame frame,
            Phase phase,
            Rule judge,
            double[] defect) {
        int at = id.from() * (truth.feedback().length / id.size());
        System.arraycopy(
                frame.feedback(id.population()), at, truth.feedback(), 0, truth.feedback().length);
        Held.correct(judge, truth);
        double[] activityUnit = new double[defect.length];
        double[] errorUnit = new double[defect.length];
        for (int c = 0; c < defect.length; c++) {
            activityUnit[c] = judge.dynamics().units().activity(phase, c, state.height());
            errorUnit[c] = judge.dynamics().units().feedback(phase, c, state.height());
        }
        for (Afferent a : afferents) {
            raiseByRecord(frame, a, activityUnit, defect);
        }
        if (AuditedKinks.areWatched(truth, judge)) {
            new AuditedKinks(cell).raise(state, truth, frame, activityUnit, errorUnit, defect);
        }
        boolean errorForm = judge.traits().has(Trait.ERROR_FORM);
        raiseByRule(state, truth, errorForm, activityUnit, errorUnit, defect);
        MemoryMoves.between(state, truth, judge).raise(defect, errorUnit);
    }

    /** How far activity and error are from where the judge puts them. */
    private static void raiseByRule(
            CellState state,
            CellState truth,
            boolean errorForm,
            double[] activityUnit,
            double[] errorUnit,
            double[] defect) {
        double[] x = state.activity();
        double[] e = state.error();
        double[] least = truth.activity();
        double[] leastError = truth.error();
        double[] off = new double[x.length];
        for (int k = 0; k < off.length; k++) {
            off[k] = e[k] - leastError[k];
        }
        double[] expected = least;
        if (errorForm) {
            expected = new double[x.length];
            for (int k = 0; k < off.length; k++) {
                expected[k] = least[k] + off[k];
            }
        }
        double[] moved = Columns.gaps(x, expected, 0, x.length, defect.length);
        double[] turned = Columns.sizes(off, defect.length);
        raise(defect, moved, activityUnit);
        raise(defect, turned, errorUnit);
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
        double[] truth = a.linked(frame.activity(a.projection().pre()));
        raise(defect, Columns.gaps(a.recorded(), truth, 0, truth.length, defect.length), unit);
    }

    /** The largest distance in every column, as dividing by a unit keeps the order of distances. */
    private static void raise(double[] defect, double[] distance, double[] unit) {
        for (int c = 0; c < defect.length; c++) {
            defect[c] = Math.max(defect[c], distance[c] / unit[c]); // propagates NaN
        }
    }
}
