package org.relaxon.tools.cli.settle;

import java.util.List;
import java.util.Map;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.runtime.RunReport;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.run.Probes.Probed;

/**
 * Everything that {@code settle} reports, in whichever form.
 *
 * @param request what was settled, and how
 * @param faultsMissing names of the faults that were requested and never happened
 * @param verdict whether it settled, and why not
 * @param advice for a run that was refused; null if there is none
 * @param minimum whether the columns rest at minima
 * @param freeEnergy of the free phase; null if it did not settle
 * @param energy of the last phase; null if it did not settle
 * @param counts cost of the settling, and its times
 * @param certificate names and values; null without one
 * @param noCertificate why there is none; null beside one
 * @param comparison of the update with the reference
 * @param resolution how well the update of every projection is known
 * @param probes what was recorded of single cells
 * @param stop whether the run was stopped
 * @param noEnergy why no gradient is claimed: feedback weights of their own; empty if there is an
 *     energy
 */
record SettleResult(
        SettleRequest request,
        List<String> faultsMissing,
        Verdict verdict,
        AdvisedRun advice,
        Minimum minimum,
        PhaseEnergy freeEnergy,
        PhaseEnergy energy,
        RunReport counts,
        Map<String, Object> certificate,
        String noCertificate,
        Comparison comparison,
        ResolvedUpdate resolution,
        List<Probed> probes,
        Stop stop,
        NoEnergy noEnergy) {

    SettleResult {
        faultsMissing = List.copyOf(faultsMissing);
        probes = List.copyOf(probes);
    }

    /**
     * The verdict of the audit.
     *
     * @param word settled, completed, not-settled or interrupted
     * @param conclusive whether an update may be read
     * @param residual largest distance of a cell from its own minimum
     * @param failure null if it settled
     * @param columns of the last phase
     * @param columnsSettled those of them that settled
     */
    record Verdict(
            String word,
            boolean conclusive,
            double residual,
            Failure failure,
            int columns,
            long columnsSettled) {}

    /**
     * Why it did not settle.
     *
     * @param reason its name
     * @param detail of this run
     * @param meaning of the reason
     * @param cells with the largest defects
     * @param links whose last signal did not arrive
     */
    record Failure(
            String reason, String detail, String meaning, List<String> cells, List<String> links) {
        Failure {
            cells = List.copyOf(cells);
            links = List.copyOf(links);
        }
    }

    /**
     * Advice for a run that was refused.
     *
     * @param line for display
     * @param command of the advised run, as results record it; null if no trial settled
     * @param messages of the trial
     * @param relativeError of the gradient of the trial
     */
    record AdvisedRun(String line, String command, long messages, double relativeError) {}

    /**
     * Whether the columns of all phases rest at minima, by an independent judgement.
     *
     * @param minima columns at a minimum
     * @param saddles columns from which the energy falls in some direction
     * @param unknown columns for which this cannot be determined
     * @param why it cannot; empty if there are none
     * @param unjudged columns outside this judgement
     * @param whyUnjudged why they are; empty if there are none
     * @param text the findings in words; empty if there was nothing to judge
     */
    record Minimum(
            int minima,
            int saddles,
            int unknown,
            String why,
            int unjudged,
            String whyUnjudged,
            String text) {}

    /**
     * The update beside its reference.
     *
     * @param relativeError over all projections; null without a comparison, and where both are zero
     * @param cosine likewise
     * @param angleDegrees of the angle between the two; likewise
     * @param noError why there is no relative error although both sides are known; null otherwise
     * @param noGradient why there is no update to compare; null otherwise
     * @param objection why the reference accepts no comparison; null if it does
     * @param projections the comparison of each
     * @param heldAtKink units held at a kink, over all settled columns
     * @param freeAtKink units of the free state on a kink; null without a reference
     * @param kinksCrossed kinks across which the nudge moved units; null if this is not known
     */
    record Comparison(
            Double relativeError,
            Double cosine,
            Double angleDegrees,
            String noError,
            String noGradient,
            String objection,
            List<ProjectionComparison> projections,
            int heldAtKink,
            Integer freeAtKink,
            Integer kinksCrossed) {
        Comparison {
            projections = List.copyOf(projections);
        }
    }

    /** The verdict, or that of a run that was stopped. */
    String verdictWord() {
        return stop.verdict(isUnresolved() ? "not-settled" : verdict.word());
    }

    /** Whether all cells rest, but rounding hides the update of a projection. */
    boolean isUnresolved() {
        return verdict.conclusive()
                && resolution.unresolved() != null
                && comparison.noError() == null;
    }

    /**
     * Whether the run claims the reference gradient of each projection, and nothing about the error
     * due to beta. A run that did not settle, or is too coarse for a gradient, claims nothing.
     */
    boolean isEconomic() {
        boolean claimed = comparison.noGradient() == null && !noEnergy.holds();
        return resolution.economic()
                && resolution.claims()
                && claimed
                && !stop.stopped()
                && verdict.conclusive()
                && !isUnresolved();
    }

    /** The exit code of the command. */
    int exitCode() {
        if (!verdict.conclusive() || isUnresolved()) {
            return ExitCode.NOT_SETTLED;
        }
        return faultsMissing.isEmpty() ? ExitCode.DONE : ExitCode.DOES_NOT_HOLD;
    }
}
