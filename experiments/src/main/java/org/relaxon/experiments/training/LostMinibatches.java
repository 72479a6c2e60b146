package org.relaxon.experiments.training;

import java.util.Locale;
import org.relaxon.model.settle.Reason;

/**
 * Ends a training that learns nothing: no example of several minibatches in a row, or since the
 * last evaluation, settled. A row begins with an evaluation, as all else that a resumed training
 * does not know.
 */
final class LostMinibatches {
    /** Minibatches in a row, and examples in them, that end a training. */
    static final int ROW = 5;

    static final int EXAMPLES = 100;

    /** Largest share of the examples shown that a completed training may leave out. */
    private static final double MAJORITY = 0.5;

    private final TrainPlan plan;
    private final TrainCounts counts;
    private long learnedBefore; // examples, up to the last evaluation
    private int row;
    private int examples;
    private boolean warned;

    LostMinibatches(TrainPlan plan, TrainCounts counts) {
        this.plan = plan;
        this.counts = counts;
    }

    /** A training goes on from a checkpoint. */
    void resume() {
        learnedBefore = counts.learned();
    }

    /**
     * Counts one more minibatch.
     *
     * @param learned examples of it that settled
     * @param shown examples of it
     * @return a warning, once for a training; empty for none
     */
    String add(int learned, int shown) {
        row = learned > 0 ? 0 : row + 1;
        examples = learned > 0 ? 0 : examples + shown;
        if (learned > 0 || warned) {
            return "";
        }
        warned = true;
        return String.format(
                Locale.ROOT,
                "no example of this minibatch of %d settled%s: %s",
                shown,
                plan.unsettled() == Unsettled.CONTINUE
                        ? ""
                        : ", and the training ends when that happens %d times in a row"
                                .formatted(Math.max(ROW, (EXAMPLES + shown - 1) / shown)),
                counts.lastWhy());
    }

    /** Ends the training after too many minibatches in a row. */
    void requireSome() throws UnsettledException, DivergedException {
        if (row >= ROW && examples >= EXAMPLES && plan.unsettled() != Unsettled.CONTINUE) {
            end("no example of the last %d minibatches settled".formatted(row));
        }
    }

    /** At an evaluation, something has to have been learned since the last. */
    void requireLearned() throws UnsettledException, DivergedException {
        row = 0;
        examples = 0;
        boolean last = counts.steps() == plan.pace().steps();
        boolean none = counts.learned() == learnedBefore;
        learnedBefore = counts.learned();
        if (none && (last || plan.unsettled() != Unsettled.CONTINUE)) {
            end("no example settled since the last evaluation");
        }
        if (last && !(counts.droppedShare() <= MAJORITY)) {
            throw new UnsettledException(
                    "%d of %d examples shown did not settle: %s"
                            .formatted(
                                    counts.dropped(),
                                    counts.dropped() + counts.learned(),
                                    counts.lastWhy()));
        }
    }

    private void end(String what) throws UnsettledException, DivergedException {
        String why = what + ": " + counts.lastWhy();
        if (counts.lastWhy().startsWith(Reason.DIVERGED.reportName())) {
            throw new DivergedException(counts.steps(), why);
        }
        throw new UnsettledException(why);
    }
}
