package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.Split;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.SettingChange;
import org.relaxon.experiments.training.TrainPlan;
import org.relaxon.experiments.training.TrainResult;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.output.AlignmentPlot;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.LinePlot;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.output.Version;

/**
 * A training in figures, for files and display.
 *
 * @param name of the algorithm, as requested
 * @param baseline null if there was none
 * @param remarks on the data
 * @param alignments requested comparisons, in order
 * @param warnings given during the training
 * @param chosen settings that no option gave, and the basis of each choice
 * @param options everything that determines the result, by option
 */
record TrainReport(
        String name,
        TrainPlan plan,
        Split data,
        Problem built,
        String host,
        TrainResult settled,
        TrainResult baseline,
        List<Alignment> alignments,
        List<String> warnings,
        List<String> remarks,
        List<String> chosen,
        Map<String, String> options,
        double seconds) {
    private static final List<String> HEADER =
            List.of(
                    "learner",
                    "step",
                    "epochs",
                    "trainLoss",
                    "trainAccuracy",
                    "testLoss",
                    "testAccuracy",
                    "trainR2",
                    "testR2",
                    "unsettled",
                    "cosineToBackprop",
                    "changed");

    /** Writes a run directory. */
    Path write(OutputOptions output, ObjectNode json) throws IOException {
        RunDirectory directory =
                RunDirectory.create(
                        output.out(), "train", json, Clock.system(ZoneId.systemDefault()));
        directory.manifest(json);
        directory.arrays(built, settled.parameters(), null, null);
        directory.results(HEADER, rows());
        if (!alignments.isEmpty()) {
            directory.table(
                    "alignment.csv",
                    List.of(
                            "step",
                            "examples",
                            "kinksCrossed",
                            "cosine",
                            "oneMinusCosine",
                            "relativeError",
                            "changeError",
                            "changeErrorIn"),
                    alignments.stream().map(TrainReport::row).toList());
        }
        plots(directory.path());
        output.finish(directory.path(), json);
        return directory.path();
    }

    private void plots(Path directory) throws IOException {
        String title = plan.network() + ", " + data.description();
        boolean scored = data.task().hasAccuracy();
        LinePlot wrong =
                new LinePlot(title, "epochs", scored ? "wrong answers, %" : "unexplained, 1 - R2");
        LinePlot loss = new LinePlot(title, "epochs", "mean loss of an example");
        addCurve(wrong, loss, name, settled.curve());
        if (baseline != null) {
            addCurve(wrong, loss, "backprop", baseline.curve());
        }
        wrong.write(directory.resolve("curve.png"));
        loss.write(directory.resolve("loss.png"));
        AlignmentPlot distance = AlignmentPlot.ofDistances(title);
        AlignmentPlot angle = AlignmentPlot.ofAngles(title);
        for (AlignmentPlot plot : List.of(distance, angle)) {
            plot.add(name + " and backprop", alignments);
        }
        distance.write(directory.resolve("distance.png"));
        angle.write(directory.resolve("cosine.png"));
    }

    private void addCurve(LinePlot wrong, LinePlot loss, String who, List<Evaluation> curve) {
        boolean scored = data.task().hasAccuracy();
        double[] epochs = figures(curve, Evaluation::epochs);
        wrong.add(
                who + ", test",
                epochs,
                figures(curve, e -> scored ? 100 * (1 - e.testAccuracy()) : 1 - e.testR2()));
        wrong.add(
                who + ", train",
                epochs,
                figures(curve, e -> scored ? 100 * (1 - e.trainAccuracy()) : 1 - e.trainR2()));
        loss.add(who + ", test", epochs, figures(curve, Evaluation::testLoss));
        loss.add(who + ", train", epochs, figures(curve, Evaluation::trainLoss));
    }

    private static double[] figures(List<Evaluation> curve, ToDoubleFunction<Evaluation> figure) {
        return curve.stream().mapToDouble(figure).toArray();
    }

    private static List<String> row(Alignment a) {
        boolean none = !a.exists();
        return List.of(
                Long.toString(a.step()),
                Integer.toString(a.examples()),
                a.crossed() < 0 ? "" : Integer.toString(a.crossed()),
                none ? "" : Double.toString(a.cosine()),
                none ? "" : Double.toString(a.oneMinusCosine()),
                none ? "" : Double.toString(a.relativeError()),
                a.change() == null ? "" : Double.toString(a.change().error()),
                a.change() == null ? "" : a.change().where());
    }

    /** Everything but the command. */
    ObjectNode json() {
        ObjectNode node = Json.object();
        settings(node);
        outcome(node);
        Json.put(node, "backpropTestAccuracy", ofBaseline(Evaluation::testAccuracy));
        Json.put(node, "backpropTestR2", ofBaseline(Evaluation::testR2));
        Json.put(node, "backpropTestLoss", ofBaseline(Evaluation::testLoss));
        alignment(node);
        change(node);
        ArrayNode warned = node.putArray("warnings");
        warnings.forEach(warned::add);
        ArrayNode remarked = node.putArray("remarks");
        remarks.forEach(remarked::add);
        ArrayNode byDefault = node.putArray("chosenByDefault");
        chosen.forEach(byDefault::add);
        ArrayNode curve = node.putArray("curve");
        for (Evaluation e : settled.curve()) {
            ObjectNode point = curve.addObject();
            point.put("step", e.step());
            Json.put(point, "testAccuracy", e.testAccuracy());
            Json.put(point, "testR2", e.testR2());
            Json.put(point, "testLoss", e.testLoss());
            Json.put(point, "trainLoss", e.trainLoss());
            Json.put(point, "cosineToBackprop", e.cosine());
            String changed = changes(settled, e);
            if (!changed.isEmpty()) {
                point.put("changed", changed);
            }
        }
        // a training claims no gradient
        Json.putNulls(node, "residual", "certificate", "signAgreement", "order");
        node.putArray("projections");
        return node;
    }

    private double ofBaseline(ToDoubleFunction<Evaluation> figure) {
        return baseline == null ? Double.NaN : figure.applyAsDouble(baseline.last());
    }

    private void settings(ObjectNode node) {
        node.put("version", Version.text());
        node.put("seed", plan.seed());
        options.forEach(node.putObject("options")::put);
        node.put("network", plan.network().toString());
        node.put("data", data.description());
        node.put("task", data.task().optionName());
        node.put("taskInferred", data.inferred());
        node.put("algorithm", name);
        node.put("standsFor", standsFor());
        node.put("variant", plan.method().algorithm().variant());
        node.put("estimator", plan.method().estimator().optionName());
        node.put("beta", plan.method().strength());
        node.put("strengthName", AlgorithmOptions.strengthName(plan.method().algorithm()));
        node.put("host", host);
        node.put("granularity", plan.run().granularity().toString());
        node.put("discipline", plan.run().discipline().toString());
        node.put("threshold", plan.run().signalling().least());
        node.put("tolerance", plan.run().effectiveTolerance());
        Json.put(node, "resolution", plan.run().effectiveResolution());
        node.put("delay", plan.run().delay().spec());
        node.put("schedule", plan.schedule().toString());
        node.put("motion", plan.motion().toString());
        node.put("optimiser", plan.optimiser().optionName());
        node.put("updateProbability", plan.optimiser().gate().probability());
        node.put("weightDecay", plan.optimiser().weightDecay());
        node.put("rate", plan.pace().rate());
        node.put("rateDecay", plan.pace().decay());
        node.put("rateSchedule", plan.pace().rateSchedule().optionName());
        node.put("batch", plan.pace().batch());
        node.put("stepsAsked", plan.pace().steps());
        node.put("alignEvery", plan.pace().alignEvery());
        node.put("inFlight", plan.pace().inFlight());
        node.put("lastBatch", plan.pace().lastBatch().optionName());
        node.put("examples", data.train().size());
        node.put(
                "examplesUnusedPerEpoch",
                plan.pace().lastBatch().unused(data.train().size(), plan.pace().batch()));
        node.put("examplesUnselected", data.unselected());
    }

    /** The algorithm for which another name stands; null for an algorithm's own name. */
    private String standsFor() {
        String own = plan.method().algorithm().optionName();
        return name.equals(own) ? null : "%s on the schedule %s".formatted(own, plan.schedule());
    }

    private static String name(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT);
    }

    private String whyNotJudged() {
        Algorithm algorithm = plan.method().algorithm();
        boolean free = plan.schedule().equals(Schedule.PHASED) || algorithm.hasFreePhase();
        if (free && settled.counts().drawn() == 0) {
            return "no settled example has been drawn for this test since this process began";
        }
        if (free && settled.counts().passedOver() == 0) {
            return "no example that was drawn settled";
        }
        return free
                ? "the phases of %s do not rest at a minimum of a known energy"
                        .formatted(algorithm.optionName())
                : "weights change while the network moves, and no state under a target is audited";
    }

    private void outcome(ObjectNode node) {
        node.put("verdict", "trained"); // claims no gradient
        node.put("ending", name(settled.ending()));
        node.put("reason", settled.detail().isEmpty() ? null : settled.detail());
        node.put("backpropEnding", baseline == null ? null : name(baseline.ending()));
        node.put(
                "backpropReason",
                baseline == null || baseline.detail().isEmpty() ? null : baseline.detail());
        if (baseline != null) {
            node.put("backpropSteps", baseline.counts().steps());
        }
        node.put("steps", settled.counts().steps());
        node.put("accuracyAtStep", settled.last().step());
        node.put("messages", settled.counts().messages());
        node.put("synapticOperations", settled.counts().synapticOperations());
        node.put("examplesDropped", settled.counts().dropped());
        Json.put(node, "examplesDroppedShare", settled.counts().droppedShare());
        ObjectNode reasons = node.putObject("examplesDroppedBecause");
        settled.counts().reasons().forEach(reasons::put);
        node.put("lastDroppedBecause", settled.counts().lastWhy());
        node.put("heldAtKink", settled.counts().heldAtKink());
        node.put("framesBeforeRest", settled.counts().restless());
        node.put("examplesJudged", settled.counts().judged());
        node.put("examplesAtSaddles", settled.counts().saddles());
        node.put("examplesUntold", settled.counts().untold());
        boolean none = settled.counts().judged() == 0 && settled.counts().steps() > 0;
        node.put("examplesNotJudged", none ? whyNotJudged() : null);
        Json.put(node, "wallSeconds", seconds);
        Json.put(node, "testAccuracy", settled.last().testAccuracy());
        Json.put(node, "bestTestAccuracy", settled.bestAccuracy());
        Json.put(node, "testR2", settled.last().testR2());
        Json.put(node, "testLoss", settled.last().testLoss());
        node.put("noScore", whyNoScore());
        Json.put(node, "cosineToBackprop", settled.last().cosine());
    }

    /** Null if the test set has a loss. */
    private String whyNoScore() {
        if (!Double.isNaN(settled.last().testLoss())) {
            return null;
        }
        return settled.curve().isEmpty()
                ? "the training ended before its first evaluation"
                : "no example of the test set settled";
    }

    /** The least cosine and the largest error of the requested comparisons. */
    private void alignment(ObjectNode node) {
        node.put("reference", "backprop");
        node.put("limit", plan.method().algorithm().reference().optionName());
        node.put("comparisons", alignments.size());
        node.put("comparisonsUnsettled", unsettled());
        node.put("comparisonsInPart", inPart());
        Json.put(
                node,
                "cosine",
                alignments.stream()
                        .filter(Alignment::exists)
                        .mapToDouble(Alignment::cosine)
                        .min()
                        .orElse(Double.NaN));
        Json.put(
                node,
                "relativeError",
                alignments.stream()
                        .filter(Alignment::exists)
                        .mapToDouble(Alignment::relativeError)
                        .max()
                        .orElse(Double.NaN));
    }

    /** The largest error of an applied change, and its array. */
    private void change(ObjectNode node) {
        AppliedChange worst =
                alignments.stream()
                        .map(Alignment::change)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparingDouble(AppliedChange::error))
                        .orElse(null);
        Json.put(node, "changeError", worst == null ? Double.NaN : worst.error());
        node.put("changeErrorIn", worst == null ? null : worst.where());
    }

    /** Comparisons in which some examples had not settled. */
    private long inPart() {
        return alignments.stream().filter(a -> a.exists() && a.examples() < shown(a)).count();
    }

    /** Examples of the compared minibatch. */
    private int shown(Alignment a) {
        Pace pace = plan.pace();
        long minibatch = a.step() / plan.motion().frames();
        return pace.lastBatch().size(minibatch, data.train().size(), pace.batch());
    }

    private long unsettled() {
        return alignments.stream().filter(a -> !a.exists()).count();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        settled.curve().forEach(e -> rows.add(row(name, settled, e)));
        if (baseline != null) {
            baseline.curve().forEach(e -> rows.add(row("backprop", baseline, e)));
        }
        return rows;
    }

    /** The settings that changed where the training continued from this point. */
    private static String changes(TrainResult result, Evaluation e) {
        return result.changes().stream()
                .filter(c -> c.step() == e.step())
                .map(SettingChange::toString)
                .collect(Collectors.joining("; "));
    }

    private static List<String> row(String who, TrainResult result, Evaluation e) {
        return List.of(
                who,
                Long.toString(e.step()),
                Double.toString(e.epochs()),
                text(e.trainLoss()),
                text(e.trainAccuracy()),
                text(e.testLoss()),
                text(e.testAccuracy()),
                text(e.trainR2()),
                text(e.testR2()),
                Integer.toString(e.unsettled()),
                text(e.cosine()),
                changes(result, e));
    }

    private static String text(double figure) {
        return Double.isNaN(figure) ? "" : Double.toString(figure);
    }
}
