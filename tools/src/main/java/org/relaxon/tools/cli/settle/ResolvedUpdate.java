package org.relaxon.tools.cli.settle;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;

/**
 * How well the update of every projection is known.
 *
 * @param economic whether the run claims the reference gradient of each projection, and nothing
 *     about the error due to beta
 * @param swept whether the verdict states anything about projections
 * @param asked largest relative error of the update of a projection
 * @param contrast whether updates are differences of products of two phases
 * @param withheld relative error of each projection through changes that were not sent
 * @param unresolved names of the projections whose update is hidden by rounding; null if there are
 *     none
 */
record ResolvedUpdate(
        boolean economic,
        boolean swept,
        double asked,
        boolean contrast,
        List<Double> withheld,
        String unresolved) {

    ResolvedUpdate {
        withheld = List.copyOf(withheld);
    }

    /** What a verdict states about every projection. */
    static ResolvedUpdate of(Settlement verdict, RunPlan plan) {
        Resolution found = resolution(verdict);
        boolean economic =
                plan.rule().traits().has(Trait.HOLDS_ERRORS)
                        && plan.threshold() > RunPlan.DEFAULT_THRESHOLD;
        boolean contrast = plan.rule().localRule().isContrast();
        if (!found.isSwept()) {
            return new ResolvedUpdate(economic, false, 0.0, contrast, List.of(), null);
        }
        List<Integer> rounded = found.rounded();
        return new ResolvedUpdate(
                economic,
                true,
                found.tolerance(),
                contrast,
                IntStream.range(0, found.projections()).mapToObj(found::withheld).toList(),
                rounded.isEmpty() ? null : Resolution.names(rounded));
    }

    private static Resolution resolution(Settlement verdict) {
        if (verdict instanceof Settled settled) {
            return settled.resolution();
        }
        return verdict instanceof NotSettled not && not.settledColumns().isPresent()
                ? not.settledColumns().get().resolution()
                : Resolution.NOT_SWEPT;
    }
}
