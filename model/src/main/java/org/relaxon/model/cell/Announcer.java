package org.relaxon.model.cell;

import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/** How one cell sends its state: its activity forward, and W^T v of its synapses back. */
final class Announcer {
    private final Afferent[] afferents;
    private final Efferent[] efferents;
    private final Kernels kernels;
    private final Curvature curvature; // null unless it is sent
    private final double curvatureMax;
    private final SendThresholds thresholds;
    private long operations;

    Announcer(Rule rule, Ports ports, Kernels kernels, Synapses synapses, SendThresholds worth) {
        this.afferents = ports.afferents();
        this.efferents = ports.efferents();
        this.kernels = kernels;
        this.thresholds = worth;
        boolean sends = rule.traits().has(Trait.SENDS_CURVATURE);
        this.curvature = sends ? new Curvature(rule, afferents, synapses) : null;
        this.curvatureMax = rule.dynamics().curvatureMax();
    }

    void open() {
        operations = 0;
    }

    /** Multiplications by a weight since {@link #open}. */
    long operations() {
        return operations;
    }

    /**
     * Sends the activity and the feedback.
     *
     * @param allFeedback whether to send all feedback, whatever the thresholds
     * @param allActivity likewise for activity
     * @return true if any value sent is new to its receivers
     */
    boolean say(
            CellState state,
            ColumnFaults faults,
            boolean allFeedback,
            boolean allActivity,
            long phase,
            Outbox outbox) {
        ErrorResolution resolution = thresholds.resolution();
        boolean moved = resolution == null || resolution.moved(state);
        boolean weighs = moved || allFeedback;
        double[][] weighed = weighs ? weigh(state) : new double[0][];
        faults.guard(state, weighed);
        boolean news = false;
        double[] allowed = thresholds.ofActivity(state.activity());
        Grid grid = thresholds.activityGrid();
        for (Efferent e : efferents) {
            news |= e.say(state.activity(), allowed, grid, allActivity, phase, outbox);
        }
        if (resolution == null) {
            for (int k = 0; k < afferents.length; k++) {
                double[] most = thresholds.ofFeedback(weighed[k]);
                news |=
                        afferents[k].say(
                                most, thresholds.feedbackGrid(), allFeedback, phase, outbox);
            }
        } else if (weighs) {
            resolution.said(state);
            sayBack(link -> true, phase, outbox);
            news |= moved;
        }
        return news;
    }

    /** Sends feedback on some links, whatever the thresholds. */
    void sayBack(
            CellState state, ColumnFaults faults, IntPredicate links, long phase, Outbox outbox) {
        double[][] weighted = weigh(state);
        faults.guard(state, weighted);
        sayBack(links, phase, outbox);
    }

    private void sayBack(IntPredicate links, long phase, Outbox outbox) {
        for (Afferent a : afferents) {
            a.sayOn(links, thresholds.feedbackGrid(), phase, outbox);
        }
    }

    /** W^T v of every incoming projection. */
    private double[][] weigh(CellState state) {
        double[][] weighted = new double[afferents.length][];
        double[] factor = curvature == null ? null : curvature.factor(state);
        for (int k = 0; k < weighted.length; k++) {
            Afferent own = afferents[k];
            weighted[k] =
                    factor == null || own.clamped()
                            ? own.weigh(kernels, state.backward())
                            : own.weighWithCurvature(
                                    kernels,
                                    state.backward(),
                                    factor,
                                    curvature.coupling(own),
                                    curvatureMax);
            operations += afferents[k].operations(state.columns());
        }
        return weighted;
    }

    void save(StateWriter out) {
        out.writeLong(operations);
    }

    void load(StateReader in) {
        operations = in.readLong();
    }
}
