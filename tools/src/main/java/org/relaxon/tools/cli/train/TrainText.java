package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.OwnReference;

/** A training as text, from the fields of its {@link TrainReport#json}. */
final class TrainText {
    /** Share of examples left out, of those shown, from which on a warning is given. */
    private static final double SHARE_WORTH_A_WARNING = 0.01;

    private static final int LINE_MAX = 100;

    private TrainText() {}

    /** The state that the accuracy belongs to, if it is not the last one. */
    private static String atStep(ObjectNode json) {
        String step = json.get("accuracyAtStep").asText();
        return step.equals(json.get("steps").asText()) ? "" : " at step " + step;
    }

    private static String share(ObjectNode json, String name) {
        return json.get(name).isNull()
                ? "-"
                : String.format(Locale.ROOT, "%.2f %%", 100 * json.get(name).asDouble());
    }

    /** If backprop has made fewer steps, a remark that this prevents a comparison. */
    private static String shortOf(ObjectNode json) {
        long steps = json.path("backpropSteps").asLong();
        return steps == json.get("steps").asLong()
                ? ""
                : " after %d steps: not comparable".formatted(steps);
    }

    private static void printScores(PrintWriter out, ObjectNode json) {
        boolean beside = !json.get("backpropTestLoss").isNull();
        if (Task.valueOf(json.get("task").asText().toUpperCase(Locale.ROOT)).hasAccuracy()) {
            out.printf(
                    Locale.ROOT,
                    "accuracy     %s on the test set%s, best %s%n",
                    share(json, "testAccuracy"),
                    atStep(json),
                    share(json, "bestTestAccuracy"));
            if (beside) {
                out.printf(
                        Locale.ROOT,
                        "backprop     %.2f %%%s%n",
                        100 * json.get("backpropTestAccuracy").asDouble(),
                        shortOf(json));
            }
            return;
        }
        out.printf(
                "R2           %s on the test set%s, loss %s%n",
                figure(json, "testR2"), atStep(json), figure(json, "testLoss"));
        if (beside) {
            out.printf(
                    "backprop     %s, loss %s%s%n",
                    figure(json, "backpropTestR2"),
                    figure(json, "backpropTestLoss"),
                    shortOf(json));
        }
    }

    private static String figure(ObjectNode json, String name) {
        return json.get(name).isNull()
                ? "undefined"
                : String.format(Locale.ROOT, "%.6g", json.get(name).asDouble());
    }

    private static void printAlgorithm(PrintWriter out, ObjectNode json) {
        out.printf(
                "algorithm    %s%s, %s%s, %s, rate %s%s%n",
                json.get("algorithm").asText(),
                json.hasNonNull("standsFor") ? ": " + json.get("standsFor").asText() : "",
                json.get("estimator").asText(),
                json.hasNonNull("strengthName")
                        ? ", %s %s"
                                .formatted(
                                        json.get("strengthName").asText(),
                                        Figures.number(json.get("beta").asDouble()))
                        : "",
                json.get("optimiser").asText(),
                Figures.number(json.get("rate").asDouble()),
                json.get("rateSchedule").asText().equals("constant")
                        ? ""
                        : " (%s)".formatted(json.get("rateSchedule").asText()));
        Schedule schedule = Schedule.parse(json.get("schedule").asText());
        out.printf("schedule     %s: weights change %s%n", schedule, when(schedule));
        out.printf(
                "settling     threshold %s, tolerance %s for defects, %s for the update of a"
                        + " projection%n",
                Figures.number(json.get("threshold").asDouble()),
                Figures.told(json.get("tolerance").asDouble()),
                json.get("resolution").isNumber()
                        ? Figures.told(json.get("resolution").asDouble())
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
    private static void printRun(PrintWriter out, ObjectNode json) {
        JsonNode options = json.get("options");
        out.printf(
                "weights      %s%n",
                options.has("--weights")
                        ? options.get("--weights").asText()
                        : "drawn: %s, gain %s, seed %s"
                                .formatted(
                                        options.get("--init").asText(),
                                        options.get("--gain").asText(),
                                        options.get("--seed").asText()));
        out.printf(
                "host         %s in %s cells, delay %s, %s, delivery %s%n",
                json.get("host").asText(),
                json.get("granularity").asText(),
                json.get("delay").asText(),
                json.get("discipline").asText(),
                options.get("--delivery").asText());
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

    /** Prints the text. */
    static void print(PrintWriter out, ObjectNode json) {
        out.printf("network      %s%n", json.get("network").asText());
        out.printf("data         %s%n", json.get("data").asText());
        out.printf(
                "task         %s, %s%n",
                json.get("task").asText(),
                json.get("taskInferred").asBoolean() ? "inferred from the data" : "as requested");
        json.path("remarks").forEach(one -> out.printf("remark       %s%n", one.asText()));
        printAlgorithm(out, json);
        printRun(out, json);
        List<String> chosen = new ArrayList<>();
        json.path("chosenByDefault").forEach(one -> chosen.add(one.asText()));
        if (!chosen.isEmpty()) {
            out.printf("by default   %s%n", String.join(", ", chosen));
        }
        out.printf(
                "examples     %s to train on; unused: %s of an epoch (--last-batch), %s not selected"
                        + " (--examples)%n",
                json.get("examples").asText(),
                json.get("examplesUnusedPerEpoch").asText(),
                json.get("examplesUnselected").asText());
        out.printf(
                "ending       %s after %s steps%s%n",
                json.get("ending").asText(),
                json.get("steps").asText(),
                json.get("reason").isNull() ? "" : ": " + json.get("reason").asText());
        if (!json.get("backpropReason").isNull()) {
            out.printf(
                    "backprop     %s: %s%n",
                    json.get("backpropEnding").asText(), json.get("backpropReason").asText());
        }
        printChanges(out, json);
        printScores(out, json);
        printSpent(out, json);
        printKept(out, json);
        printComparisons(out, json);
        Map<String, String> options = new LinkedHashMap<>();
        json.get("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        printOptions(out, options);
        if (json.has("directory")) {
            out.printf("written to   %s%n", json.get("directory").asText());
        }
        out.flush();
    }

    /** Settings that changed when the training continued from a checkpoint. */
    private static void printChanges(PrintWriter out, ObjectNode json) {
        for (JsonNode point : json.get("curve")) {
            if (point.has("changed")) {
                out.printf(
                        "changed      from step %s on: %s%n",
                        point.get("step").asText(), point.get("changed").asText());
            }
        }
    }

    private static void printSpent(PrintWriter out, ObjectNode json) {
        if (!json.get("noScore").isNull()) {
            out.printf("no score     %s%n", json.get("noScore").asText());
        }
        out.printf(
                Locale.ROOT,
                "spent        %d messages; %.1f s in this process; %d examples left out"
                        + " (%.2f %%)%n",
                json.get("messages").asLong(),
                json.get("wallSeconds").asDouble(),
                json.get("examplesDropped").asLong(),
                100 * json.get("examplesDroppedShare").asDouble());
        if (!json.get("examplesDroppedBecause").isEmpty()) {
            List<String> reasons = new ArrayList<>();
            json.get("examplesDroppedBecause")
                    .properties()
                    .forEach(r -> reasons.add(r.getKey() + " " + r.getValue().asLong()));
            out.printf(
                    "left out     because: %s; the last: %s%n",
                    String.join(", ", reasons), json.get("lastDroppedBecause").asText());
        }
        if (json.get("examplesDroppedShare").asDouble() > SHARE_WORTH_A_WARNING) {
            out.printf(
                    "warning      more than 1 %% of the examples did not settle and"
                            + " were not learned from; --unsettled fail ends the training at the"
                            + " first and gives the reason%n");
        }
    }

    /** Remarks on the states that were learned from. */
    private static void printKept(PrintWriter out, ObjectNode json) {
        if (json.get("heldAtKink").asLong() > 0) {
            out.printf(
                    "kinks        %d units were held at their kink; there an update is an element of"
                            + " the generalised gradient%n",
                    json.get("heldAtKink").asLong());
        }
        if (json.path("examplesJudged").asLong() > 0) {
            out.printf(
                    Locale.ROOT,
                    "minimum      do settled examples rest at a minimum of the energy:"
                            + " of %d that were drawn and judged, %d rest at saddles instead"
                            + " (%.2f %%), for %d this cannot be determined%n",
                    json.get("examplesJudged").asLong(),
                    json.get("examplesAtSaddles").asLong(),
                    100.0
                            * json.get("examplesAtSaddles").asLong()
                            / json.get("examplesJudged").asLong(),
                    json.get("examplesUntold").asLong());
        }
        if (json.hasNonNull("examplesNotJudged")) {
            out.printf(
                    "minimum      do settled examples rest at a minimum of the energy: not judged, %s%n",
                    json.get("examplesNotJudged").asText());
        }
        if (!json.get("motion").asText().equals("still")) {
            out.printf(
                    "motion       %s; %d frames ended before the network was at rest%n",
                    json.get("motion").asText(), json.get("framesBeforeRest").asLong());
        }
    }

    private static String brief(ObjectNode json, String name, int digits) {
        JsonNode value = json.get(name);
        return value.isNull() ? "-" : Figures.brief(value.asDouble(), digits);
    }

    private static void printComparisons(PrintWriter out, ObjectNode json) {
        String note = OwnReference.note(json.get("algorithm").asText(), json.get("limit").asText());
        if (!note.isEmpty()) {
            out.printf("reference    %s%n", note);
        }
        if (json.get("comparisons").asInt() > 0) {
            out.printf(
                    "alignment    to backprop: 1 - cosine at most %s, relative error at most %s, in"
                            + " %s comparisons%n",
                    json.get("cosine").isNull()
                            ? "-"
                            : Figures.brief(1.0 - json.get("cosine").asDouble(), 3),
                    brief(json, "relativeError", 4),
                    json.get("comparisons").asText());
        }
        if (!json.get("changeError").isNull()) {
            out.printf(
                    "changes      of weights and biases by the optimiser, compared"
                            + " with those by backprop's gradient: relative error at most %s, in"
                            + " %s%s%n",
                    brief(json, "changeError", 4),
                    json.get("changeErrorIn").asText(),
                    json.get("optimiser").asText().startsWith("adam")
                            ? " (adam divides by the size of a gradient, and so enlarges small"
                                    + " differences)"
                            : "");
        }
    }
}
