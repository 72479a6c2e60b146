package org.relaxon.tools.cli.paper;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.paper.TrainingRow;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;

/**
 * Everything that {@code paper-training} reports, in whichever form.
 *
 * @param request the resolved configuration
 * @param data in words, or as in options if there was no training
 * @param trainings in order
 * @param whole whether every training was completed and had a minibatch that settled completely
 * @param beta the smallest strength; NaN without trainings
 * @param cosine the least of all minibatches; NaN without trainings
 * @param relativeError the largest of all minibatches; NaN without trainings
 * @param messages signals of all trainings
 * @param synapticOperations multiplications by a weight of all trainings
 * @param wallSeconds of all trainings
 * @param stop whether the work was stopped
 */
record PaperTrainingResult(
        Request request,
        String data,
        List<Training> trainings,
        boolean whole,
        double beta,
        double cosine,
        double relativeError,
        long messages,
        long synapticOperations,
        double wallSeconds,
        Stop stop) {
    /** The result of the code of arXiv 2206.02629, run once in single precision. */
    static final String PUBLISHED =
            "published: mean cosine of a minibatch .9992, least .9985; accuracy 92.88 against"
                    + " 92.94 % by backprop (its code, run once)";

    PaperTrainingResult {
        trainings = List.copyOf(trainings);
    }

    /**
     * The resolved configuration.
     *
     * @param command as results record it
     * @param version of the program
     * @param seed of the first run
     * @param network sizes of its layers
     * @param data as in options
     * @param host its name
     */
    record Request(
            String command, String version, long seed, String network, String data, String host) {}

    /**
     * One training beside backprop.
     *
     * @param seed of the run
     * @param beta nudging strength
     * @param ending why it ended
     * @param alignments of its minibatches, in order
     * @param compared minibatches
     * @param comparedInPart those of them with examples that did not settle
     * @param dropped examples left out
     * @param messages signals between cells
     * @param cosineMedian over the compared minibatches, as all that follow
     * @param cosineLeast NaN if there are none, as all that follow
     * @param apartMedian of 1 - cosine, without cancellation
     * @param apartMost of 1 - cosine, without cancellation
     * @param crossed minibatches in which the nudge moved a unit across its kink
     * @param apartMostUncrossed of 1 - cosine in the others
     * @param aligned share of those with the cosine that every minibatch should reach
     * @param distanceMedian of |g - R| / |R|
     * @param distanceMost of |g - R| / |R|
     * @param testAccuracy at the end
     * @param backpropTestAccuracy at the end of the training by backprop
     */
    record Training(
            long seed,
            double beta,
            String ending,
            List<Alignment> alignments,
            long compared,
            long comparedInPart,
            long dropped,
            long messages,
            double cosineMedian,
            double cosineLeast,
            double apartMedian,
            double apartMost,
            long crossed,
            double apartMostUncrossed,
            double aligned,
            double distanceMedian,
            double distanceMost,
            double testAccuracy,
            double backpropTestAccuracy) {
        Training {
            alignments = List.copyOf(alignments);
        }

        static Training of(TrainingRow r) {
            return new Training(
                    r.seed(),
                    r.beta(),
                    r.settled().ending().name().toLowerCase(Locale.ROOT),
                    r.alignments(),
                    r.compared(),
                    r.comparedInPart(),
                    r.settled().counts().dropped(),
                    r.settled().counts().ledger().messages(),
                    r.medianCosine(),
                    r.leastCosine(),
                    r.medianApart(),
                    r.mostApart(),
                    r.crossed(),
                    r.mostApartUncrossed(),
                    r.aligned(),
                    r.medianDistance(),
                    r.mostDistance(),
                    r.settled().last().testAccuracy(),
                    r.baseline().last().testAccuracy());
        }
    }

    /**
     * The result of some trainings.
     *
     * @param stop asked last, after all else is computed
     */
    static PaperTrainingResult of(
            Request request, List<TrainingRow> rows, double seconds, Supplier<Stop> stop) {
        boolean whole =
                !rows.isEmpty()
                        && rows.stream()
                                .allMatch(
                                        r ->
                                                r.settled().ending() == Ending.DONE
                                                        && r.compared() > r.comparedInPart());
        return new PaperTrainingResult(
                request,
                rows.isEmpty() ? request.data() : rows.get(0).data(),
                rows.stream().map(Training::of).toList(),
                whole,
                least(rows, TrainingRow::beta),
                least(rows, TrainingRow::leastCosine),
                -least(rows, r -> -r.mostDistance()),
                rows.stream().mapToLong(r -> r.settled().counts().ledger().messages()).sum(),
                rows.stream()
                        .mapToLong(r -> r.settled().counts().ledger().synapticOperations())
                        .sum(),
                seconds,
                stop.get());
    }

    private static double least(List<TrainingRow> rows, ToDoubleFunction<TrainingRow> figure) {
        return rows.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    /** The verdict, or that of a run that was stopped. */
    String verdict() {
        return stop.verdict(whole ? "trained" : "not-settled");
    }

    /** The exit code of the command. */
    int exitCode() {
        return whole ? ExitCode.DONE : ExitCode.NOT_SETTLED;
    }
}
