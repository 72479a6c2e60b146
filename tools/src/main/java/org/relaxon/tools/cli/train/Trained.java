package org.relaxon.tools.cli.train;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.SettingChange;
import org.relaxon.experiments.training.TrainCounts;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.train.TrainingResult.Compared;
import org.relaxon.tools.cli.train.TrainingResult.Counts;
import org.relaxon.tools.cli.train.TrainingResult.Learned;
import org.relaxon.tools.cli.train.TrainingResult.Point;
import org.relaxon.tools.cli.train.TrainingResult.Recorded;

/**
 * A training as it ended, of which a result is stated.
 *
 * @param baseline null if there was none
 * @param alignments requested comparisons, in order
 * @param examined comparisons of the evaluations, in order
 * @param warnings given during the training
 * @param leftOut examples left out up to each evaluation, by step
 * @param recorded what probes recorded
 * @param seconds of this process
 * @param adviceCommand the command of the advice, as results record it; null for none
 */
record Trained(
        TrainPlan plan,
        TrainResult settled,
        TrainResult baseline,
        List<Alignment> alignments,
        List<Alignment> examined,
        List<String> warnings,
        Map<Long, Long> leftOut,
        Recorded recorded,
        double seconds,
        String adviceCommand) {

    /** The result. */
    TrainingResult result(TrainRequest request, Stop stop) {
        return new TrainingResult(
                request,
                learned(request.method().algorithm(), settled),
                baseline == null ? null : learned("backprop", baseline),
                alignments,
                examined,
                compared(request),
                warnings,
                recorded,
                seconds,
                stop,
                NoEnergy.of(plan.network()),
                adviceCommand);
    }

    private Learned learned(String name, TrainResult result) {
        List<Point> curve = result.curve().stream().map(e -> point(result, e)).toList();
        return new Learned(
                name,
                result.ending(),
                result.detail().isEmpty() ? null : result.detail(),
                curve,
                result.last(),
                result.bestAccuracy(),
                whyNoScore(result),
                counts(result.counts()));
    }

    private Point point(TrainResult result, Evaluation e) {
        boolean backprop = result != settled;
        boolean end = e.step() == result.counts().steps();
        Long known = end ? Long.valueOf(result.counts().dropped()) : leftOut.get(e.step());
        return new Point(e, changes(result, e), backprop ? Long.valueOf(0) : known);
    }

    /** The settings that changed where the training continued from this point. */
    private static String changes(TrainResult result, Evaluation e) {
        return result.changes().stream()
                .filter(c -> c.step() == e.step())
                .map(SettingChange::toString)
                .collect(Collectors.joining("; "));
    }

    private static String whyNoScore(TrainResult result) {
        if (!Double.isNaN(result.last().testLoss())) {
            return null;
        }
        return result.curve().isEmpty()
                ? "the training ended before its first evaluation"
                : "no example of the test set settled";
    }

    private Counts counts(TrainCounts counts) {
        boolean none = counts.judged() == 0 && counts.steps() > 0;
        return new Counts(
                counts.steps(),
                counts.ledger(),
                counts.dropped(),
                counts.droppedShare(),
                counts.reasons(),
                counts.lastWhy(),
                counts.heldAtKink(),
                counts.restless(),
                counts.judged(),
                counts.saddles(),
                counts.untold(),
                none ? whyNotJudged(counts) : null,
                counts.faults(),
                counts.steps() == 0 ? List.of() : plan.run().faults().missing(counts.faults()));
    }

    private String whyNotJudged(TrainCounts counts) {
        Algorithm algorithm = plan.method().algorithm();
        boolean free = plan.schedule().equals(Schedule.PHASED) || algorithm.hasFreePhase();
        if (free && counts.drawn() == 0) {
            return "no settled example has been drawn for this test since this process began";
        }
        if (free && counts.passedOver() == 0) {
            return "no example that was drawn settled";
        }
        return free
                ? "the phases of %s do not rest at a minimum of a known energy"
                        .formatted(algorithm.optionName())
                : "weights change while the network moves, and no state under a target is audited";
    }

    private Compared compared(TrainRequest request) {
        List<Alignment> made = alignments.stream().filter(Alignment::exists).toList();
        int examples = request.data().examples();
        AppliedChange worst =
                alignments.stream()
                        .map(Alignment::change)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparingDouble(AppliedChange::error))
                        .orElse(null);
        return new Compared(
                alignments.size(),
                alignments.size() - made.size(),
                made.stream().filter(a -> a.examples() < shown(a, examples)).count(),
                made.stream().mapToDouble(Alignment::cosine).min().orElse(Double.NaN),
                made.stream().mapToDouble(Alignment::relativeError).max().orElse(Double.NaN),
                worst);
    }

    /** Examples of the compared minibatch. */
    private int shown(Alignment a, int examples) {
        Pace pace = plan.pace();
        long minibatch = a.step() / plan.motion().frames();
        return pace.lastBatch().size(minibatch, examples, pace.batch());
    }
}
