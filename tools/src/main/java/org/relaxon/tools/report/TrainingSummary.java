package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came of one training, in the order in which a reader asks. */
final class TrainingSummary {
    private final JsonNode result;

    private TrainingSummary(JsonNode result) {
        this.result = result;
    }

    /**
     * Names and values.
     *
     * @param result of one training; what it does not hold is left out
     */
    static Map<String, String> of(JsonNode result) {
        return new TrainingSummary(result).facts();
    }

    private Map<String, String> facts() {
        Map<String, String> out = new LinkedHashMap<>();
        score(out, "test accuracy", "testAccuracy", "backpropTestAccuracy", true);
        score(out, "test R2", "testR2", "backpropTestR2", false);
        score(out, "test loss", "testLoss", "backpropTestLoss", false);
        if (result.hasNonNull("noScore")) {
            out.put("no score", Shown.value(result.get("noScore")));
        }
        if (result.has("examplesDropped")) {
            out.put("examples left out", leftOut());
        }
        if (result.has("ending")) {
            out.put("ending", ending("ending", "reason"));
        }
        if (result.hasNonNull("backpropEnding")) {
            out.put("ending of backprop", ending("backpropEnding", "backpropReason"));
        }
        if (result.has("messages")) {
            out.put("messages", Shown.value(result.get("messages")));
        }
        list(out, "warnings");
        list(out, "remarks");
        return out;
    }

    private void score(
            Map<String, String> out, String name, String own, String other, boolean percent) {
        if (!result.path(own).isNumber()) {
            return;
        }
        String beside =
                result.path(other).isNumber()
                        ? "; backprop " + figure(result.get(other).asDouble(), percent)
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
                        ? " after %s steps".formatted(Shown.value(result.get("steps")))
                        : "";
        return Shown.value(result.get(how))
                + steps
                + (result.hasNonNull(why) ? ": " + Shown.value(result.get(why)) : "");
    }

    private void list(Map<String, String> out, String name) {
        if (!result.path(name).isEmpty()) {
            out.put(name, Shown.value(result.get(name)));
        }
    }
}
