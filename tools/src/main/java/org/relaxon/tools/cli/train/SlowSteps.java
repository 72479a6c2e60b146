package org.relaxon.tools.cli.train;

import java.util.Locale;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainPlan;

/** What shortens steps that take long. */
final class SlowSteps {
    /** Where the published accuracies of continual learning were measured (docs/training.md). */
    private static final double THRESHOLD = 1e-4;

    private SlowSteps() {}

    /**
     * Under continual learning every relaxation moves weights, and the moved weights the cells,
     * until the moves fall below the threshold. That takes long where the threshold is fine.
     *
     * @return one line; empty if nothing is known
     */
    static String advice(TrainPlan plan) {
        double threshold = plan.run().signalling().least();
        boolean fine = plan.schedule().equals(Schedule.CONTINUAL) && threshold < THRESHOLD;
        return fine
                ? String.format(
                        Locale.ROOT,
                        "--schedule continual moves weights at every relaxation until cells move by"
                                + " less than the threshold %.1e; a coarser one, such as"
                                + " --threshold 1e-4, shortens steps",
                        threshold)
                : "";
    }
}
