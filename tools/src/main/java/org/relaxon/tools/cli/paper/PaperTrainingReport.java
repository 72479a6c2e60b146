package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.paper.TrainingRow;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.AlignmentPlot;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/** The outcome of {@code paper-training} as text, JSON and files. */
record PaperTrainingReport(List<TrainingRow> rows) {
    /** The names of its files. */
    static final List<String> FILES =
            List.of(
                    "manifest.json",
                    "results.csv",
                    "alignment.csv",
                    "distance.png",
                    "cosine.png",
                    "result.json",
                    "report.html");

    private static final String TITLE = "Local updates against backprop while training";

    /** The result of the code of arXiv 2206.02629, run once in single precision. */
    private static final String PUBLISHED =
            "published: mean cosine of a minibatch .9992, least .9985; accuracy 92.88 against"
                    + " 92.94 % by backprop (its code, run once)";

    /** True if every training was completed and had a minibatch that settled completely. */
    boolean whole() {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(
                                r ->
                                        r.settled().ending() == Ending.DONE
                                                && r.compared() > r.comparedInPart());
    }

    /** A run directory: a row per training, a row per minibatch, a picture. */
    Path write(OutputOptions output, ObjectNode json) throws IOException {
        RunDirectory directory =
                RunDirectory.create(
                        output.out(), "paper-training", json, Clock.system(ZoneId.systemDefault()));
        directory.manifest(json);
        directory.results(
                List.of(
                        "seed",
                        "beta",
                        "minibatches",
                        "compared",
                        "comparedInPart",
                        "examplesDropped",
                        "cosineMedian",
                        "cosineLeast",
                        "oneMinusCosineMost",
                        "crossed",
                        "oneMinusCosineMostUncrossed",
                        "shareAligned",
                        "distanceMedian",
                        "distanceMost",
                        "testAccuracy",
                        "backpropTestAccuracy"),
                rows.stream().map(PaperTrainingReport::cells).toList());
        directory.table(
                "alignment.csv",
                List.of(
                        "seed",
                        "beta",
                        "step",
                        "examples",
                        "kinksCrossed",
                        "cosine",
                        "oneMinusCosine",
                        "distance"),
                minibatches());
        plot(AlignmentPlot.ofDistances(TITLE), directory.path().resolve("distance.png"));
        plot(AlignmentPlot.ofAngles(TITLE), directory.path().resolve("cosine.png"));
        output.finish(directory.path(), json);
        return directory.path();
    }

    private void plot(AlignmentPlot plot, Path file) throws IOException {
        for (TrainingRow r : rows) {
            plot.add("beta " + Figures.number(r.beta()) + ", seed " + r.seed(), r.alignments());
        }
        plot.write(file);
    }

    private static List<String> cells(TrainingRow r) {
        return List.of(
                Long.toString(r.seed()),
                Double.toString(r.beta()),
                Integer.toString(r.alignments().size()),
                Long.toString(r.compared()),
                Long.toString(r.comparedInPart()),
                Long.toString(r.settled().counts().dropped()),
                Double.toString(r.medianCosine()),
                Double.toString(r.leastCosine()),
                Double.toString(r.mostApart()),
                Long.toString(r.crossed()),
                Double.toString(r.mostApartUncrossed()),
                Double.toString(r.aligned()),
                Double.toString(r.medianDistance()),
                Double.toString(r.mostDistance()),
                Double.toString(r.settled().last().testAccuracy()),
                Double.toString(r.baseline().last().testAccuracy()));
    }

    private List<List<String>> minibatches() {
        List<List<String>> out = new ArrayList<>();
        for (TrainingRow r : rows) {
            for (Alignment a : r.alignments()) {
                boolean none = !a.exists();
                out.add(
                        List.of(
                                Long.toString(r.seed()),
                                Double.toString(r.beta()),
                                Long.toString(a.step()),
                                Integer.toString(a.examples()),
                                Integer.toString(a.crossed()),
                                none ? "" : Double.toString(a.cosine()),
                                none ? "" : Double.toString(a.oneMinusCosine()),
                                none ? "" : Double.toString(a.relativeError())));
            }
        }
        return out;
    }

    void fill(ObjectNode node) {
        node.put("verdict", whole() ? "trained" : "not-settled");
        node.put("algorithm", "pc-nudge");
        node.put("estimator", "one-sided");
        node.put("reference", "backprop");
        node.put("granularity", "layer");
        node.put("discipline", "eager");
        node.put("delay", "none");
        node.put(
                "reason",
                whole() ? null : "a training ended early or no minibatch settled completely");
        Json.put(node, "beta", least(TrainingRow::beta));
        node.put("messages", rows.stream().mapToLong(r -> r.settled().counts().messages()).sum());
        node.put(
                "synapticOperations",
                rows.stream().mapToLong(r -> r.settled().counts().synapticOperations()).sum());
        Json.put(node, "cosine", least(TrainingRow::leastCosine));
        Json.put(node, "relativeError", -least(r -> -r.mostDistance()));
        // a training claims no gradient
        Json.putNulls(node, "residual", "certificate", "signAgreement", "order");
        node.putArray("projections");
        node.put("published", PUBLISHED);
        ArrayNode all = node.putArray("trainings");
        for (TrainingRow r : rows) {
            ObjectNode one = all.addObject();
            one.put("seed", r.seed());
            one.put("beta", r.beta());
            one.put("ending", r.settled().ending().name().toLowerCase(Locale.ROOT));
            one.put("minibatches", r.alignments().size());
            one.put("compared", r.compared());
            one.put("comparedInPart", r.comparedInPart());
            one.put("examplesDropped", r.settled().counts().dropped());
            one.put("messages", r.settled().counts().messages());
            Json.put(one, "cosineMedian", r.medianCosine());
            Json.put(one, "cosineLeast", r.leastCosine());
            Json.put(one, "oneMinusCosineMost", r.mostApart());
            one.put("crossed", r.crossed());
            Json.put(one, "oneMinusCosineMostUncrossed", r.mostApartUncrossed());
            Json.put(one, "shareAligned", r.aligned());
            Json.put(one, "distanceMedian", r.medianDistance());
            Json.put(one, "distanceMost", r.mostDistance());
            Json.put(one, "testAccuracy", r.settled().last().testAccuracy());
            Json.put(one, "backpropTestAccuracy", r.baseline().last().testAccuracy());
        }
    }

    private double least(ToDoubleFunction<TrainingRow> figure) {
        return rows.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    void print(PrintWriter out, ObjectNode json) {
        out.println("data: " + json.get("data").asText());
        out.printf(
                "%-6s %-7s %11s %8s %12s %12s %11s %10s %10s %9s %9s%n",
                "seed",
                "beta",
                "minibatches",
                "compared",
                "1-cos median",
                "1-cos most",
                ">= .999999",
                "distance",
                "largest",
                "accuracy",
                "backprop");
        for (TrainingRow r : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-6d %-7s %11d %8d %12.1e %12.1e %10.1f%% %10.1e %10.1e %8.2f%% %8.2f%%%n",
                    r.seed(),
                    Figures.number(r.beta()),
                    r.alignments().size(),
                    r.compared(),
                    r.medianApart(),
                    r.mostApart(),
                    100 * r.aligned(),
                    r.medianDistance(),
                    r.mostDistance(),
                    100 * r.settled().last().testAccuracy(),
                    100 * r.baseline().last().testAccuracy());
        }
        for (TrainingRow r : rows) {
            out.printf(
                    Locale.ROOT,
                    "seed %d, beta %s: the nudge carried a ReLU unit over its kink in %d minibatches;"
                            + " in all others 1-cos is at most %.1e%n",
                    r.seed(),
                    Figures.number(r.beta()),
                    r.crossed(),
                    r.mostApartUncrossed());
        }
        out.println(PUBLISHED);
        OutputOptions.announce(out, json);
        out.flush();
    }
}
