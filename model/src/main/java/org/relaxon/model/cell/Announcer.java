package org.relaxon.model.cell;

import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/** How one cell sends its state: its activity forward, and W^T v of its synapses back. */
final class Announcer {
    private static final double[][] NOTHING = {};

    private final Cell cell;
    private final CellPhase phase;
    private final CellState state;
    private final Afferent[] afferents;
    private final SendThresholds thresholds;

    Announcer(Cell cell, CellPhase phase) {
        this.cell = cell;
        this.phase = phase;
        state = phase.state();
        afferents = cell.ports().afferents();
        thresholds = cell.thresholds();
    }

    /**
     * Sends the activity and the feedback.
     *
     * @param allFeedback whether to send all feedback, whatever the thresholds
     * @param allActivity likewise for activity
     * @return true if any value sent is new to its receivers
     */
    boolean say(boolean allFeedback, boolean allActivity, Outbox outbox) {
        boolean ofErrors = thresholds.ofErrors();
        boolean moved = !ofErrors || thresholds.moved(state);
        boolean weighs = moved || allFeedback;
        double[][] weighed = weighs ? weigh() : NOTHING;
        phase.guard(weighed);
        boolean news = false;
        for (Efferent e : cell.ports().efferents()) {
            news |= e.say(state.activity(), thresholds, allActivity, phase.id(), outbox);
        }
        if (!ofErrors) {
            for (int k = 0; k < afferents.length; k++) {
                double[] most = thresholds.ofFeedback(weighed[k]);
                Grid back = thresholds.feedbackGrid();
                news |= afferents[k].say(most, back, allFeedback, phase.id(), outbox);
            }
        } else if (weighs) {
            thresholds.said(state);
            sayOn(link -> true, outbox);
            news |= moved;
        }
        return news;
    }

    /** Sends feedback on some links, whatever the thresholds. */
    void sayBack(IntPredicate links, Outbox outbox) {
        phase.guard(weigh());
        sayOn(links, outbox);
    }

    private void sayOn(IntPredicate links, Outbox outbox) {
        for (Afferent a : afferents) {
            a.sayOn(links, thresholds.feedbackGrid(), phase.id(), outbox);
        }
    }

    /** W^T v of every incoming projection. */
    private double[][] weigh() {
        Rule rule = cell.plan().rule();
        Kernels kernels = cell.kernels();
        double[][] weighted = new double[afferents.length][];
        double[] allowed =
                thresholds.holdsBack() ? thresholds.ofBackward(state) : null; // else not read
        Curvature curvature =
                cell.plan().traits().has(Trait.SENDS_CURVATURE) ? new Curvature(cell) : null;
        double[] factor = curvature == null ? null : curvature.factor(state);
        for (int k = 0; k < weighted.length; k++) {
            Afferent own = afferents[k];
            weighted[k] =
                    factor == null || own.clamped()
                            ? own.weigh(kernels, state.backward(), allowed)
                            : own.weighWithCurvature(
                                    kernels,
                                    state.backward(),
                                    factor,
                                    curvature.coupling(own),
                                    rule.dynamics().curvatureMax());
            phase.count(own.operations(state.columns()));
        }
        return weighted;
    }
}
