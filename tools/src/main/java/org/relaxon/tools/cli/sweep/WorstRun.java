package org.relaxon.tools.cli.sweep;

import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.model.algorithm.Reference;

/**
 * The settling that is the farthest from its claim, with its settings.
 *
 * @param seed of the run
 * @param algorithm null if the settings cannot be resolved; so are the next six
 * @param estimator its name
 * @param beta nudging strength; NaN if it cannot be resolved
 * @param reference name of the gradient that it is compared with
 * @param discipline when cells relax
 * @param granularity neurons per cell
 * @param delay as in options
 * @param row its figures; null if no run was made
 * @param command that repeats it, as results record it
 */
record WorstRun(
        long seed,
        String algorithm,
        String estimator,
        double beta,
        String reference,
        String discipline,
        String granularity,
        String delay,
        SweepRow row,
        String command) {

    /**
     * The run of a point.
     *
     * @param run its settings; null if they cannot be resolved
     */
    static WorstRun of(GridPoint point, ResolvedRun run, SweepRow row, String command) {
        if (run == null) {
            return new WorstRun(
                    point.seed(), null, null, Double.NaN, null, null, null, null, row, command);
        }
        return new WorstRun(
                point.seed(),
                run.method().algorithm().optionName(),
                run.method().estimator().optionName(),
                run.method().strength(),
                reference(run).optionName(),
                run.plan().discipline().toString(),
                run.plan().granularity().toString(),
                run.plan().delay().spec(),
                row,
                command);
    }

    /** The algorithm's own, or backprop where feedback weights of their own leave no energy. */
    private static Reference reference(ResolvedRun run) {
        return GridWork.feedsBackByItsOwn(run.problem())
                ? Reference.BACKPROP
                : run.method().algorithm().reference();
    }
}
