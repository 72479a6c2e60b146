package org.relaxon.experiments.training;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.relaxon.model.settle.Reason;

/**
 * Watches the steps of a training between its evaluations: whether they cost ever more, and whether
 * they still change anything. A minibatch of which nothing settles leaves the weights as they are,
 * so that the next one is likely to do the same.
 */
final class StepWatch {
    /** Minibatches in a row without a settled example that end a training. */
    static final int BARREN_MAX = 3;

    /** Examples of these, at least: single ones may fail to settle by chance. */
    static final int EXAMPLES_MIN = 64;

    /** Examples in a row that did not settle before the first warning. */
    private static final int WARN_FROM = 16;

    private final TrainListener listener;
    private final MessageGrowth growth = new MessageGrowth();
    private int barren; // minibatches in a row of which nothing settled
    private long examples; // of these
    private boolean warned;

    StepWatch(TrainListener listener) {
        this.listener = listener;
    }

    /**
     * Warns once that steps cost ever more.
     *
     * @param step number of changes so far
     * @param messages of this step
     * @param held units held at a kink in it
     * @param cause likely causes by the number of further units at kinks; computed if it is needed
     */
    void cost(long step, long messages, long held, LongFunction<String> cause) {
        if (growth.grows(messages, held)) {
            listener.warned(
                    step,
                    String.format(
                            Locale.ROOT,
                            "a step takes %.0f messages, %.1f times as many as before: %s",
                            growth.mean(),
                            growth.mean() / growth.least(),
                            cause.apply(growth.moreHeld())));
        }
    }

    /**
     * Warns once, early in the first row of minibatches of which nothing settled, and ends the
     * training after several.
     *
     * @param step number of changes so far
     * @param shown examples of this step
     * @param learned examples of it that settled
     * @param why the last did not settle
     * @param grown whether the weights have grown so far that their rate is the likely cause
     * @throws UnsettledException if nothing settled in {@value #BARREN_MAX} minibatches in a row
     *     and {@value #EXAMPLES_MIN} examples
     * @throws DivergedException likewise, where the network diverges
     */
    void learned(long step, int shown, int learned, String why, BooleanSupplier grown)
            throws UnsettledException, DivergedException {
        if (learned > 0) {
            barren = 0;
            examples = 0;
            return;
        }
        barren++;
        examples += shown;
        if (barren >= BARREN_MAX && examples >= EXAMPLES_MIN) {
            endWithoutLearning(step, "in the last %d minibatches".formatted(barren), why);
        }
        if (!warned && examples >= Math.min(WARN_FROM, (long) shown * BARREN_MAX)) {
            warned = true;
            listener.warned(
                    step,
                    "nothing settled in the last %d examples (%s), so that the weights stay as they are%s"
                            .formatted(
                                    examples,
                                    why,
                                    grown.getAsBoolean()
                                            ? "; a smaller --rate keeps them small"
                                            : ""));
        }
    }

    /** Ends a training in which no example settled. */
    static void endWithoutLearning(long step, String where, String why)
            throws UnsettledException, DivergedException {
        String what = "no example settled %s (%s)".formatted(where, why);
        if (why.startsWith(Reason.DIVERGED.reportName())) {
            throw new DivergedException(step, what);
        }
        throw new UnsettledException("step %d: %s".formatted(step, what));
    }
}
