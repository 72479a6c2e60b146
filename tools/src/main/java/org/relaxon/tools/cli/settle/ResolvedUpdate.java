package org.relaxon.tools.cli.settle;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.text.Figures;

/**
 * How well the update of every projection is known.
 *
 * @param economic whether signals are so coarse that a gradient would be claimed without the error
 *     due to beta
 * @param swept whether the verdict states anything about projections
 * @param asked largest relative error of the update of a projection
 * @param contrast whether updates are differences of products of two phases
 * @param unsent the requested threshold where changes below it are larger than rounding; NaN if
 *     there is none
 * @param withheld relative error of each projection through changes that were not sent
 * @param unresolved names of the projections whose update is hidden by rounding or by changes that
 *     were not sent; null if there are none
 */
record ResolvedUpdate(
        boolean economic,
        boolean swept,
        double asked,
        boolean contrast,
        double unsent,
        List<Double> withheld,
        String unresolved) {

    /** Beyond it a warning is due. */
    private static final double COARSE = 1e-2;

    /** Of a sum of activities. */
    private static final double ROUNDING = 1e-15;

    /** From here on no gradient is claimed. */
    private static final double NO_GRADIENT = 0.1;

    ResolvedUpdate {
        withheld = List.copyOf(withheld);
    }

    /** What a verdict states about every projection. */
    static ResolvedUpdate of(Settlement verdict, RunPlan plan, Network network) {
        Resolution found = resolution(verdict);
        boolean economic =
                plan.rule().traits().has(Trait.HOLDS_ERRORS)
                        && plan.threshold() > RunPlan.DEFAULT_THRESHOLD;
        boolean contrast = plan.rule().localRule().isContrast();
        if (!found.isSwept()) {
            return new ResolvedUpdate(
                    economic, false, unswept(verdict, plan), contrast, Double.NaN, List.of(), null);
        }
        List<Integer> rounded = found.rounded();
        return new ResolvedUpdate(
                economic,
                true,
                found.tolerance(),
                contrast,
                plan.refines() || !(plan.threshold() > ROUNDING) ? Double.NaN : plan.threshold(),
                IntStream.range(0, found.projections()).mapToObj(found::withheld).toList(),
                rounded.isEmpty() ? null : Resolution.names(rounded, network));
    }

    /** Without a statement about projections, the tolerance of the audit; 0 if not settled. */
    private static double unswept(Settlement verdict, RunPlan plan) {
        return verdict instanceof Settled ? plan.effectiveTolerance() : 0.0;
    }

    /** Whether a gradient is resolved well enough to be claimed. */
    boolean claims() {
        return asked < NO_GRADIENT;
    }

    /** The projections that are hidden, and by what; after a check that there are any. */
    String whyUnresolved() {
        if (contrast && !Double.isNaN(unsent)) {
            return "%s: changes below the threshold %s, which are not sent, may be more than %.1e of the difference between the two phases"
                    .formatted(unresolved, Figures.number(unsent), asked);
        }
        return "%s: the rounding of %s is more than %.1e of it"
                .formatted(
                        unresolved,
                        contrast
                                ? "the products that the two phases subtract"
                                : "the output's error, a difference of target and prediction,",
                        asked);
    }

    /** What a coarse resolution leaves to be claimed; null where it is fine, or unknown. */
    String warning() {
        if (!(asked > COARSE)) {
            return null;
        }
        return claims()
                ? "signals resolve each projection's gradient only to %.1e: none is claimed to be better"
                        .formatted(asked)
                : "claims no gradient: signals resolve each projection only to %.1e"
                        .formatted(asked);
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
