package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.tools.output.Arithmetic;
import org.relaxon.tools.output.Operations;

/** The result of one training, in order of interest. */
final class TrainingSummary {
    private final JsonNode result;

    private TrainingSummary(JsonNode result) {
        this.result = result;
    }

    /**
     * Names and values.
     *
     * @param result of one training; missing values are left out
     */
    static Map<String, String> of(JsonNode result) {
        return new TrainingSummary(result).facts();
    }

    /** The score at the last complete state, and that of backprop; empty if there is none. */
    static String sentence(JsonNode result) {
        return new TrainingSummary(result).sentence();
    }

    private String sentence() {
        for (String name : List.of("Accuracy", "R2", "Loss")) {
            String own = "test" + name;
            if (result.path(own).isNumber()) {
                boolean percent = name.equals("Accuracy");
                String words = "test " + (name.equals("R2") ? name : name.toLowerCase(Locale.ROOT));
                return words
                        + " "
                        + figure(result.get(own).asDouble(), percent)
                        + place("accuracyAtStep", ", the last complete state")
                        + baseline("backpropTest" + name, percent);
            }
        }
        return result.hasNonNull("noScore")
                ? "no score: " + Shown.value(result.get("noScore"))
                : "";
    }

    private String baseline(String name, boolean percent) {
        if (!result.path(name).isNumber()) {
            return "";
        }
        return "; backprop "
                + figure(result.get(name).asDouble(), percent)
                + place("backpropSteps", "")
                + apart();
    }

    private String apart() {
        boolean shorter =
                result.has("backpropSteps")
                        && result.get("backpropSteps").asLong() != result.path("steps").asLong();
        if (shorter) {
            return ", not comparable"; // its number of steps stands before
        }
        String why = result.path("backpropApart").asText("");
        return why.isEmpty() ? "" : " " + why + ", not comparable";
    }

    /** The number of steps of a figure, if they are fewer than requested. */
    private String place(String steps, String what) {
        if (!result.path(steps).isNumber()) {
            return "";
        }
        long made = result.get(steps).asLong();
        long asked = result.path("stepsAsked").asLong(made);
        return made == asked
                ? " after %d step%s".formatted(made, made == 1 ? "" : "s")
                : " at step %d of %d%s".formatted(made, asked, what);
    }

    private Map<String, String> facts() {
        Map<String, String> out = new LinkedHashMap<>();
        score(out, "test accuracy", "testAccuracy", "backpropTestAccuracy", true);
        if (result.path("testAccuracy").isNumber() && result.path("chanceAccuracy").isNumber()) {
            out.put(
                    "accuracy of guessing a class at random",
                    figure(result.get("chanceAccuracy").asDouble(), true));
        }
        score(out, "test R2", "testR2", "backpropTestR2", false);
        score(out, "test loss", "testLoss", "backpropTestLoss", false);
        if (result.hasNonNull("noScore")) {
            out.put("no score", Shown.value(result.get("noScore")));
        }
        if (result.has("examplesDropped")) {
            out.put("examples left out", leftOut());
        }
        arithmetic(out);
        if (result.has("ending")) {
            out.put("ending", ending("ending", "reason"));
        }
        if (result.hasNonNull("adviceCommand")) {
            out.put("command of the advice", Shown.value(result.get("adviceCommand")));
        }
        if (result.hasNonNull("backpropEnding")) {
            out.put("ending of backprop", ending("backpropEnding", "backpropReason"));
        }
        if (result.hasNonNull("noEnergy")) {
            withoutEnergy(out);
        } else {
            minimum(out);
        }
        if (result.path("comparisons").asLong() > 0) {
            alignment(out);
        }
        if (result.has("messages")) {
            out.put("messages", Shown.value(result.get("messages")));
        }
        if (result.has("criticalPath")) {
            out.put(
                    "relaxations: recomputations of a cell",
                    Shown.value(result.get("relaxations")));
            out.put(
                    "critical path: longest chain of dependent relaxations",
                    Shown.value(result.get("criticalPath")));
            out.put(Operations.NAME, Shown.value(result.get("synapticOperations")));
        }
        list(out, "warnings");
        list(out, "remarks");
        return out;
    }

    /** Where it is not strict and in double precision. */
    private void arithmetic(Map<String, String> out) {
        Map<String, String> options = new LinkedHashMap<>();
        result.path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        String words = Arithmetic.of(options);
        if (!words.isEmpty()) {
            out.put("arithmetic", words);
        }
    }

    /** Instead of a minimum: why there is none, and the angles of the last evaluation. */
    private void withoutEnergy(Map<String, String> out) {
        out.put("no gradient is claimed", Shown.value(result.get("noEnergy")));
        List<String> angles = new ArrayList<>(List.of(Shown.value(result.path("angleDegrees"))));
        for (JsonNode one : result.path("angles")) {
            angles.add(one.path("name").asText() + " " + Shown.value(one.path("angleDegrees")));
        }
        out.put("angle to backprop at the last evaluation, degrees", String.join(", ", angles));
        if (result.path("anglesFromStep").asLong() > 0) {
            out.put(
                    "first step with angles of layers",
                    "%s: the checkpoint it goes on from keeps no rows"
                            .formatted(Shown.value(result.path("anglesFromStep"))));
        }
    }

    private void minimum(Map<String, String> out) {
        boolean phased = result.path("schedule").asText("phased").equals("phased");
        String name =
                "do settled examples rest at a minimum of the energy"
                        + (phased ? "" : ", in the free phase before the updates");
        if (result.hasNonNull("examplesNotJudged")) {
            out.put(name, "not judged: " + Shown.value(result.get("examplesNotJudged")));
        } else if (result.path("examplesJudged").asLong() > 0) {
            String text =
                    "of %s judged, drawn at random, %s rest at a saddle instead; undetermined: %s";
            out.put(
                    name,
                    text.formatted(
                            Shown.value(result.path("examplesJudged")),
                            Shown.value(result.path("examplesAtSaddles")),
                            Shown.value(result.path("examplesUntold"))));
        }
    }

    /** Local updates, and the optimiser's changes, compared with backprop. */
    private void alignment(Map<String, String> out) {
        if (result.path("relativeError").isNumber()) {
            out.put(
                    "local updates against backprop",
                    "relative error at most %s, 1 - cosine at most %s, in %s comparisons"
                            .formatted(
                                    Shown.value(result.get("relativeError")),
                                    Shown.oneMinus(result.path("cosine").asDouble(Double.NaN)),
                                    Shown.value(result.get("comparisons"))));
        }
        if (result.path("changeError").isNumber()) {
            out.put(
                    "weight changes of the optimiser against those by backprop",
                    "relative error at most %s%s"
                            .formatted(
                                    Shown.value(result.get("changeError")),
                                    new AppliedChange(0, result.path("changeErrorIn").asText(""))
                                            .in()));
        }
    }

    private void score(
            Map<String, String> out, String name, String own, String other, boolean percent) {
        if (!result.path(own).isNumber()) {
            return;
        }
        String beside =
                result.path(other).isNumber()
                        ? "; backprop " + figure(result.get(other).asDouble(), percent) + apart()
                        : "";
        out.put(name, figure(result.get(own).asDouble(), percent) + beside);
    }

    private static String figure(double value, boolean percent) {
        return percent
                ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    private String leftOut() {
        JsonNode share = result.path("examplesDroppedShare");
        return Shown.value(result.get("examplesDropped"))
                + (share.isNumber() ? " (" + figure(share.asDouble(), true) + ")" : "");
    }

    private String ending(String how, String why) {
        String steps =
                how.equals("ending") && result.has("steps")
                        ? " after %s step%s"
                                .formatted(
                                        Shown.value(result.get("steps")),
                                        result.get("steps").asLong() == 1 ? "" : "s")
                        : "";
        return Shown.value(result.get(how))
                + steps
                + (result.hasNonNull(why) ? "; " + Shown.value(result.get(why)) : "");
    }

    private void list(Map<String, String> out, String name) {
        if (!result.path(name).isEmpty()) {
            out.put(name, Shown.value(result.get(name)));
        }
    }
}
