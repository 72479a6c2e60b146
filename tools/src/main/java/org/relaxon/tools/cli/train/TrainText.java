package org.relaxon.tools.cli.train;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.model.plasticity.RateSchedule;
import org.relaxon.tools.cli.run.FaultsThatHappened;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.train.TrainingResult.Compared;
import org.relaxon.tools.cli.train.TrainingResult.Counts;
import org.relaxon.tools.cli.train.TrainingResult.Learned;
import org.relaxon.tools.cli.train.TrainingResult.Recorded;
import org.relaxon.tools.output.Arithmetic;

/** A training as text. */
final class TrainText {
    private static final int LINE_MAX = 100;

    private final PrintWriter out;
    private final TrainingResult result;
    private final TrainRequest request;
    private final Learned settled;
    private final Counts counts;

    private TrainText(PrintWriter out, TrainingResult result) {
        this.out = out;
        this.result = result;
        request = result.request();
        settled = result.settled();
        counts = settled.counts();
    }

    /** Prints the whole result. */
    static void print(PrintWriter out, TrainingResult result) {
        TrainText text = new TrainText(out, result);
        text.problem();
        text.method();
        text.run();
        text.ending();
        text.changes();
        text.scores();
        text.spent();
        text.kept();
        text.comparisons();
        text.probes();
        printOptions(out, result.request().options());
        out.flush();
    }

    private void problem() {
        out.printf("network      %s%n", request.network());
        out.printf("data         %s%n", request.data().description());
        out.printf(
                "task         %s, %s%n",
                request.data().task().optionName(),
                request.data().inferred() ? "inferred from the data" : "as requested");
        request.remarks().forEach(one -> out.printf("remark       %s%n", one));
    }

    private void method() {
        TrainRequest.Followed method = request.method();
        RateSchedule falling = request.pace().rateSchedule();
        String parameters = request.options().get("--parameters");
        out.printf(
                "algorithm    %s%s%s, %s%s, %s, rate %s%s%n",
                method.algorithm(),
                parameters == null ? "" : " --parameters " + parameters,
                method.standsFor() == null ? "" : ": " + method.standsFor(),
                method.estimator(),
                method.strengthName() == null
                        ? ""
                        : ", %s %s"
                                .formatted(
                                        method.strengthName(), Figures.number(method.strength())),
                request.optimiser().name(),
                Figures.number(request.pace().rate()),
                falling == RateSchedule.CONSTANT ? "" : " (%s)".formatted(falling.optionName()));
        out.printf(
                "schedule     %s: weights change %s%n",
                request.schedule(), when(request.schedule()));
        TrainRequest.Settling settling = request.settling();
        out.printf(
                "settling     threshold %s, tolerance %s for defects, %s for the update of a"
                        + " projection%n",
                Figures.number(settling.threshold()),
                Figures.inSentence(settling.tolerance()),
                Double.isFinite(settling.resolution())
                        ? Figures.inSentence(settling.resolution())
                        : "no limit");
    }

    private static String when(Schedule schedule) {
        return switch (schedule.kind()) {
            case PHASED -> "when a minibatch has settled";
            case CONTINUAL -> "at every relaxation under the target";
            case INCREMENTAL ->
                    "by a whole update at each of a cell's first %d relaxations under the target"
                            .formatted(schedule.updates());
        };
    }

    /** Where the weights come from, and where they settle. */
    private void run() {
        Map<String, String> options = request.options();
        out.printf(
                "weights      %s%n",
                options.containsKey("--weights")
                        ? options.get("--weights")
                        : "drawn: %s, gain %s, seed %s"
                                .formatted(
                                        options.get("--init"),
                                        options.get("--gain"),
                                        options.get("--seed")));
        TrainRequest.Settling settling = request.settling();
        out.printf(
                "host         %s in %s cells, delay %s, %s, delivery %s%n",
                settling.host(),
                settling.granularity(),
                settling.delay(),
                settling.discipline(),
                options.get("--delivery"));
        String arithmetic = Arithmetic.of(options);
        if (!arithmetic.isEmpty()) {
            out.printf("arithmetic   %s%n", arithmetic);
        }
        NetworkTiming.print(out, settling.timing());
        if (!request.chosen().isEmpty()) {
            out.printf("by default   %s%n", String.join(", ", request.chosen()));
        }
    }

    private void ending() {
        out.printf(
                "examples     %s to train on; unused: %s of an epoch (--last-batch), %s not selected"
                        + " (--examples)%n",
                request.data().examples(),
                request.data().unusedPerEpoch(),
                request.data().unselected());
        out.printf(
                "ending       %s after %s%s%n",
                settled.endingName(),
                Figures.count(counts.steps(), "step"),
                settled.reason() == null ? "" : "; " + settled.reason());
        if (result.adviceCommand() != null) {
            out.printf("run          %s%n", Launcher.typed(result.adviceCommand()));
        }
        Learned baseline = result.baseline();
        if (baseline != null && baseline.reason() != null) {
            out.printf("backprop     %s; %s%n", baseline.endingName(), baseline.reason());
        }
    }

    /** Settings that changed when the training continued from a checkpoint. */
    private void changes() {
        for (TrainingResult.Point point : settled.curve()) {
            if (!point.changed().isEmpty()) {
                out.printf(
                        "changed      from step %s on: %s%n",
                        point.figures().step(), point.changed());
            }
        }
    }

    private void scores() {
        Learned baseline = result.baseline();
        boolean beside = baseline != null && Double.isFinite(baseline.last().testLoss());
        if (request.data().task().hasAccuracy()) {
            out.printf(
                    Locale.ROOT,
                    "accuracy     %s on the test set%s%s, best %s%s%n",
                    share(settled.last().testAccuracy()),
                    atStep(),
                    chance(),
                    share(settled.bestAccuracy()),
                    best());
            if (beside) {
                out.printf(
                        Locale.ROOT,
                        "backprop     %s%s%n",
                        share(baseline.last().testAccuracy()),
                        apart());
            }
            return;
        }
        out.printf(
                "R2           %s on the test set%s, loss %s%n",
                figure(settled.last().testR2()), atStep(), figure(settled.last().testLoss()));
        if (beside) {
            out.printf(
                    "backprop     %s, loss %s%s%n",
                    figure(baseline.last().testR2()), figure(baseline.last().testLoss()), apart());
        }
    }

    private String chance() {
        int classes = request.data().classes();
        return classes == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (guessing one of %d classes: %.2f %%)",
                        classes,
                        100.0 / classes);
    }

    /** Where the best accuracy was reached, if that is not the end. */
    private String best() {
        long step = settled.bestStep();
        if (step < 0 || step == settled.last().step()) {
            return "";
        }
        return step == 0 ? " before any learning" : " at step " + step;
    }

    /** The state that the accuracy belongs to, if it is not the last one. */
    private String atStep() {
        long step = settled.last().step();
        return step == counts.steps() ? "" : " at step " + step;
    }

    /** What prevents a comparison with backprop; empty if nothing does. */
    private String apart() {
        String why = result.apart();
        return why.isEmpty() ? "" : " " + why + ": not comparable";
    }

    private static String share(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f %%", 100 * share) : "-";
    }

    private static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "undefined";
    }

    private void spent() {
        if (settled.noScore() != null) {
            out.printf("no score     %s%n", settled.noScore());
        }
        out.printf(
                Locale.ROOT,
                "spent        %d messages, %d relaxations (critical path %d), %s synaptic"
                        + " operations; %.1f s in this process; %d examples left out (%.2f %%)%n",
                counts.ledger().messages(),
                counts.ledger().relaxations(),
                counts.ledger().criticalPath(),
                counts.ledger().synapticOperations(),
                result.seconds(),
                counts.dropped(),
                100 * counts.droppedShare());
        counts.faultsMissing()
                .forEach(
                        fault ->
                                out.printf(
                                        "fault        --%s was requested and never happened in the"
                                                + " steps of this process%n",
                                        fault));
        if (counts.faults().total() > 0) {
            out.printf("faults       %s%n", FaultsThatHappened.text(counts.faults()));
        }
        if (!counts.reasons().isEmpty()) {
            List<String> reasons =
                    counts.reasons().entrySet().stream()
                            .map(r -> r.getKey() + " " + r.getValue())
                            .toList();
            out.printf(
                    "left out     because: %s; the last: %s%n",
                    String.join(", ", reasons), counts.lastWhy());
        }
        if (result.leftOutWarning() != null) {
            out.printf("warning      %s%n", result.leftOutWarning());
        }
    }

    /** Remarks on the states that were learned from. */
    private void kept() {
        if (counts.heldAtKink() > 0) {
            out.printf(
                    "kinks        %d units were held at their kink; there an update is an element of"
                            + " the generalised gradient%n",
                    counts.heldAtKink());
        }
        if (counts.judged() > 0) {
            out.printf(
                    Locale.ROOT,
                    "minimum      do settled examples rest at a minimum of the energy%s: of %d judged,"
                            + " drawn at random, at a minimum %d, at a saddle %d, undetermined %d%n",
                    request.schedule().kind() == Schedule.Kind.PHASED
                            ? ""
                            : ", in the free phase before the updates",
                    counts.judged(),
                    counts.judged() - counts.saddles() - counts.untold(),
                    counts.saddles(),
                    counts.untold());
        }
        if (counts.notJudged() != null && !result.noEnergy().holds()) {
            out.printf(
                    "minimum      do settled examples rest at a minimum of the energy: not judged, %s%n",
                    counts.notJudged());
        }
        if (!request.motion().isStill()) {
            out.printf(
                    "motion       %s; %d frames ended before the network was at rest%n",
                    request.motion(), counts.restless());
        }
    }

    private void comparisons() {
        if (result.noEnergy().holds()) {
            result.noEnergy().print(out);
            Alignment last = result.lastExamined();
            if (last != null) {
                out.printf(
                        "angle        to backprop at step %d: %s%n",
                        last.step(), RunText.angles(last.angleDegrees(), last.parts()));
            }
            if (result.examinedFrom() != null && result.examinedFrom() > 0) {
                out.printf(
                        "angles       of layers from step %d on: the checkpoint it goes on from keeps"
                                + " no rows%n",
                        result.examinedFrom());
            }
        }
        if (!request.method().note().isEmpty()) {
            out.printf("reference    %s%n", request.method().note());
        }
        Compared compared = result.compared();
        if (compared.count() > 0) {
            out.printf(
                    "alignment    to backprop: 1 - cosine at most %s, relative error at most %s, in"
                            + " %s comparisons%n",
                    brief(1.0 - compared.cosine(), 3),
                    brief(compared.relativeError(), 4),
                    compared.count());
        }
        if (compared.change() != null && Double.isFinite(compared.change().error())) {
            out.printf(
                    "changes      of weights and biases by the optimiser, compared"
                            + " with those by backprop's gradient: relative error at most %s%s%s%n",
                    brief(compared.change().error(), 4),
                    compared.change().in(),
                    request.optimiser().name().startsWith("adam")
                            ? " (adam divides by the size of a gradient, and so enlarges small"
                                    + " differences)"
                            : "");
        }
    }

    private void probes() {
        Recorded recorded = result.recorded();
        recorded.probes().forEach(one -> one.print(out));
        if (recorded.every() > 0) {
            out.printf(
                    "probed       step 1 and every %d later%s%n",
                    recorded.every(),
                    recorded.from() == 0
                            ? ""
                            : ", none up to step %d: the checkpoint it goes on from keeps no rows"
                                    .formatted(recorded.from()));
        }
    }

    private static String brief(double value, int digits) {
        return Double.isFinite(value) ? Figures.brief(value, digits) : "-";
    }

    /** Prints every option that determines a training, with its value. */
    static void printOptions(PrintWriter out, Map<String, String> options) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue().replaceFirst(" \\(SHA-256 [^)]*\\)$", "");
            String words = " " + option.getKey() + " " + value;
            if (line.length() + words.length() > LINE_MAX) {
                out.printf("options     %s%n", line);
                line.setLength(0);
            }
            line.append(words);
        }
        out.printf("options     %s%n", line);
    }
}
