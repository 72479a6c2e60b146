package org.relaxon.tools.cli.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.run.Probes.Probed;
import org.relaxon.tools.cli.text.Figures;

/**
 * Everything that {@code train} reports, in whichever form.
 *
 * @param request what was trained, and how
 * @param settled the training by settling
 * @param baseline the training by backprop; null if there was none
 * @param alignments requested comparisons, in order
 * @param examined comparisons of the evaluations since this process began, in order
 * @param compared these comparisons together
 * @param warnings given during the training
 * @param recorded what probes recorded
 * @param seconds of this process
 * @param stop whether the training was stopped
 * @param noEnergy why the network has no energy: feedback weights of their own; empty if it has one
 * @param adviceCommand the command of the advice on the rate, as results record it; null for none
 */
record TrainingResult(
        TrainRequest request,
        Learned settled,
        Learned baseline,
        List<Alignment> alignments,
        List<Alignment> examined,
        Compared compared,
        List<String> warnings,
        Recorded recorded,
        double seconds,
        Stop stop,
        NoEnergy noEnergy,
        String adviceCommand) {
    /** Share of examples left out, of those shown, from which on a warning is given. */
    private static final double SHARE_WORTH_A_WARNING = 0.01;

    private static final String TO_FIND_OUT =
            "; --unsettled fail ends the training at the first, gives the reason and tries what"
                    + " would make it settle";

    TrainingResult {
        alignments = List.copyOf(alignments);
        examined = List.copyOf(examined);
        warnings = List.copyOf(warnings);
    }

    /** Why the two trainings are not comparable; empty if they are, or one is missing. */
    String apart() {
        if (baseline == null) {
            return "";
        }
        if (baseline.counts().steps() != settled.counts().steps()) {
            return "after " + Figures.count(baseline.counts().steps(), "step");
        }
        return changes(settled).equals(changes(baseline))
                ? ""
                : "with the last settings from its first step on";
    }

    private static List<String> changes(Learned learned) {
        return learned.curve().stream()
                .filter(p -> !p.changed().isEmpty())
                .map(p -> p.figures().step() + ": " + p.changed())
                .toList();
    }

    /**
     * What probes recorded.
     *
     * @param every steps from one that was recorded to the next; 0 without probes
     * @param from steps of which a checkpoint, which keeps no rows, brought the result; 0 for none
     * @param probes in the order of the options
     */
    record Recorded(long every, long from, List<Probed> probes) {
        static final Recorded NONE = new Recorded(0, 0, List.of());

        Recorded {
            probes = List.copyOf(probes);
        }
    }

    /**
     * One training that has ended.
     *
     * @param name of the learner
     * @param ending why it ended
     * @param reason one line if examples did not settle or it diverged; null otherwise
     * @param curve its evaluations
     * @param last evaluation, or one without figures
     * @param bestAccuracy highest accuracy on the test set; NaN if there is none
     * @param noScore why the test set has no loss; null if it has one
     * @param counts of work and examples
     */
    record Learned(
            String name,
            Ending ending,
            String reason,
            List<Point> curve,
            Evaluation last,
            double bestAccuracy,
            String noScore,
            Counts counts) {
        Learned {
            curve = List.copyOf(curve);
        }

        /** The first step with the highest accuracy on the test set; -1 if there is none. */
        long bestStep() {
            return curve.stream()
                    .map(Point::figures)
                    .filter(e -> e.testAccuracy() == bestAccuracy)
                    .mapToLong(Evaluation::step)
                    .findFirst()
                    .orElse(-1);
        }

        /** The ending in words. */
        String endingName() {
            return ending.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A point of a curve.
     *
     * @param figures of the evaluation
     * @param changed settings that changed where the training continued from it; empty for none
     * @param leftOut examples left out up to here; null if a checkpoint was resumed later
     */
    record Point(Evaluation figures, String changed, Long leftOut) {}

    /**
     * Counts of one training.
     *
     * @param steps changes of the weights
     * @param ledger cost of the settlings
     * @param dropped examples that did not settle and were left out
     * @param droppedShare of the examples shown
     * @param reasons why they did not settle, with the number of examples of each
     * @param lastWhy the last one did not settle; empty if there was none
     * @param heldAtKink units held at a kink, over all examples
     * @param restless frames that ended before the network was at rest
     * @param judged drawn examples judged for resting at a minimum
     * @param saddles those of them at a saddle
     * @param untold those of them for which this cannot be determined
     * @param notJudged why none was judged; null if any was
     * @param faults that happened in the steps of this process
     * @param faultsMissing names of those that were requested and never happened
     */
    record Counts(
            long steps,
            Ledger ledger,
            long dropped,
            double droppedShare,
            Map<String, Long> reasons,
            String lastWhy,
            long heldAtKink,
            long restless,
            long judged,
            long saddles,
            long untold,
            String notJudged,
            FaultCounts faults,
            List<String> faultsMissing) {
        Counts {
            faultsMissing = List.copyOf(faultsMissing);
            reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        }
    }

    /**
     * All comparisons of local updates with backprop together.
     *
     * @param count of the comparisons that were requested
     * @param unsettled those in which no example had settled
     * @param inPart those in which some had not
     * @param cosine the least; NaN if there is none
     * @param relativeError the largest; NaN likewise
     * @param change the largest error of a change of weights and biases; null if there is none
     */
    record Compared(
            int count,
            long unsettled,
            long inPart,
            double cosine,
            double relativeError,
            AppliedChange change) {}

    /** The last comparison of an evaluation with backprop; null if there was none. */
    Alignment lastExamined() {
        Alignment last = examined.isEmpty() ? null : examined.get(examined.size() - 1);
        return last == null || !last.exists() ? null : last;
    }

    /**
     * Step of the first evaluation whose angles are known, more than 0 where the training goes on
     * from a checkpoint, which keeps none; null if there was none.
     */
    Long examinedFrom() {
        return examined.isEmpty() ? null : examined.get(0).step();
    }

    /** A warning if many examples did not settle; null otherwise. */
    String leftOutWarning() {
        return settled.counts().droppedShare() > SHARE_WORTH_A_WARNING
                ? "more than 1 % of the examples did not settle and were not learned from"
                        + ("fail".equals(request.options().get("--unsettled")) ? "" : TO_FIND_OUT)
                : null;
    }

    /** The exit code of the command. */
    int exitCode() {
        if (baseline != null && baseline.ending() == Ending.DIVERGED) {
            return ExitCode.NOT_SETTLED;
        }
        return switch (settled.ending()) {
            case DONE, PATIENCE -> ExitCode.DONE;
            case STOPPED, UNSETTLED, DIVERGED -> ExitCode.NOT_SETTLED;
        };
    }
}
