package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.output.Json;

/** How well the update of every projection is known, in JSON and in lines. */
final class ResolutionJson {
    private ResolutionJson() {}

    /** Adds what a verdict states about every projection; nothing if it was not swept. */
    static void fill(ObjectNode node, Settlement verdict, RunPlan plan) {
        Resolution resolution = of(verdict);
        boolean economic =
                plan.rule().traits().has(Trait.HOLDS_ERRORS)
                        && plan.threshold() > RunPlan.DEFAULT_THRESHOLD;
        node.put("economic", economic);
        if (!resolution.isSwept()) {
            node.putNull("unresolved");
            return;
        }
        ObjectNode out = node.putObject("resolution");
        Json.put(out, "asked", resolution.tolerance());
        out.put("contrast", plan.rule().localRule().isContrast());
        ArrayNode withheld = out.putArray("withheld");
        for (int p = 0; p < resolution.projections(); p++) {
            withheld.add(resolution.withheld(p));
        }
        List<Integer> rounded = resolution.rounded();
        node.put("unresolved", rounded.isEmpty() ? null : Resolution.names(rounded));
    }

    private static Resolution of(Settlement verdict) {
        if (verdict instanceof Settled settled) {
            return settled.resolution();
        }
        return verdict instanceof NotSettled not && not.settledColumns().isPresent()
                ? not.settledColumns().get().resolution()
                : Resolution.NOT_SWEPT;
    }

    /** The projection that is farthest from its reference, and those that are not resolved. */
    static void print(PrintWriter out, ObjectNode json) {
        if (json.hasNonNull("unresolved")) {
            boolean contrast = json.at("/resolution/contrast").asBoolean();
            out.printf(
                    "unresolved   %s: the rounding of %s is more than %.1e of it%n",
                    json.get("unresolved").asText(),
                    contrast
                            ? "the products that the two phases subtract"
                            : "the output's error, a difference of target and prediction,",
                    json.at("/resolution/asked").asDouble());
        }
        if (json.path("economic").asBoolean()) {
            out.printf(
                    "economic     activities are resolved to %s: this claims the reference gradient,"
                            + " each projection to %.1e, and makes no claim about the error due to beta%n",
                    json.get("threshold").asText(), json.at("/resolution/asked").asDouble());
        }
        JsonNode worst = null;
        for (JsonNode one : json.path("projections")) {
            boolean worse =
                    worst == null
                            || !(one.path("relativeError").asDouble()
                                    <= worst.path("relativeError").asDouble());
            worst = worse && one.hasNonNull("relativeError") ? one : worst;
        }
        if (worst != null && !json.hasNonNull("relativeErrorReason")) {
            out.printf(
                    "worst part   %s: relative error %.4e, cosine %s, norm ratio %.6f%n",
                    worst.path("name").asText(),
                    worst.path("relativeError").asDouble(),
                    worst.hasNonNull("cosine")
                            ? "%.9f".formatted(worst.get("cosine").asDouble())
                            : "-",
                    worst.path("normRatio").asDouble());
        }
    }
}
