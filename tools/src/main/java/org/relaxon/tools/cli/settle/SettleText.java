package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.relaxon.runtime.RunReport;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.HistogramName;

/** One settling as lines of text and as a row of a table. */
final class SettleText {
    /** Part of an objection that a state closer to its equilibrium would remove. */
    private static final String FARTHER = "away from the state reached";

    private static final String[] HEADER = {
        "algorithm",
        "variant",
        "estimator",
        "reference",
        "beta",
        "host",
        "granularity",
        "delay",
        "seed",
        "verdict",
        "reason",
        "residual",
        "relativeError",
        "cosine",
        "messages",
        "delivered",
        "stale",
        "late",
        "lost",
        "relaxations",
        "synapticOperations",
        "auditRounds",
        "probeWaves",
        "hostNanos",
        "wallSeconds",
        "traceHash",
        "network",
        "command"
    };

    private static final HexFormat HEX = HexFormat.of();
    private static final double NANOS_PER_MICRO = 1000.0;

    private SettleText() {}

    static String[] header() {
        return HEADER.clone();
    }

    /** The values of the header's columns. */
    static List<String> row(ObjectNode json) {
        List<String> row = new ArrayList<>();
        for (String name : HEADER) {
            JsonNode value = json.get(name);
            row.add(value == null || value.isNull() ? "" : value.asText());
        }
        return row;
    }

    static void counts(ObjectNode node, RunReport r) {
        node.put("messages", r.messages());
        node.put("delivered", r.delivered());
        node.put("stale", r.stale());
        node.put("late", r.late());
        node.put("lost", r.lost());
        node.put("repeated", r.repeated());
        node.put("abandoned", r.abandoned());
        ObjectNode faults = node.putObject("faults");
        faults.put("dropped", r.faults().dropped());
        faults.put("cut", r.faults().cut());
        faults.put("burst", r.faults().burst());
        faults.put("duplicated", r.faults().duplicated());
        faults.put("slowed", r.faults().slowed());
        faults.put("crashes", r.faults().crashes());
        faults.put("reordered", r.faults().reordered());
        faults.put("held", r.faults().held());
        faults.put("late", r.faults().late());
        faults.put("starved", r.faults().starved());
        node.put("relaxations", r.relaxations());
        node.put("synapticOperations", r.synapticOperations());
        node.put("eventOperations", r.eventOperations());
        node.put("spikes", r.spikes());
        node.put("auditRounds", r.auditRounds());
        node.put("probeWaves", r.probeWaves());
        node.put("hostNanos", r.hostNanos());
        node.put("wallSeconds", r.wallNanos() / 1e9);
        node.put("traceHash", r.traceHash() == 0 ? null : HEX.toHexDigits(r.traceHash()));
        node.put("stateHash", r.stateHash() == 0 ? null : HEX.toHexDigits(r.stateHash()));
        ObjectNode latencies = node.putObject("histograms");
        for (Map.Entry<String, Histogram> entry : new TreeMap<>(r.histograms()).entrySet()) {
            ObjectNode one = latencies.putObject(entry.getKey());
            one.put("count", entry.getValue().getTotalCount());
            one.put("p50", entry.getValue().getValueAtPercentile(50));
            one.put("p99", entry.getValue().getValueAtPercentile(99));
            one.put("max", entry.getValue().getMaxValue());
        }
    }

    static void print(PrintWriter out, ObjectNode json, RunReport r) {
        out.println(text(json, "problem"));
        String label = (text(json, "algorithm") + " " + text(json, "variant")).trim();
        out.printf(
                "%s, on %s in %s cells, delay %s, %s%n",
                RunText.method(label, text(json, "estimator"), json.get("beta").asDouble()),
                text(json, "host"),
                text(json, "granularity"),
                text(json, "delay"),
                text(json, "discipline"));
        if (json.at("/options/--network").isTextual()) {
            out.printf("network      %s%n", json.at("/options/--network").asText());
        }
        if (json.hasNonNull("certificate")) {
            out.printf("certificate  %s%n", json.get("certificate").get("text").asText());
        }
        printVerdict(out, json, r);
        printEnergy(out, json);
        printComparison(out, json);
        printCounts(out, json, r);
        OutputOptions.announce(out, json);
    }

    private static void printVerdict(PrintWriter out, ObjectNode json, RunReport r) {
        out.printf(
                "verdict      %s, %d of %d columns; residual %s: largest distance of a"
                        + " cell from its own minimum (tolerance %s)%n",
                text(json, "verdict"),
                json.get("columnsSettled").asInt(),
                json.get("columns").asInt(),
                figure(json, "residual"),
                figure(json, "tolerance"));
        if (json.hasNonNull("reason")) {
            out.printf("reason       %s: %s%n", text(json, "reason"), text(json, "detail"));
            if (json.hasNonNull("advice")) {
                out.printf("advice       %s%n", text(json, "advice"));
            }
            if (json.hasNonNull("adviceCommand")) {
                out.printf("run          %s%n", Launcher.typed(text(json, "adviceCommand")));
            }
            if (!json.get("links").isEmpty()) {
                out.printf(
                        "links        %s: their last signal did not arrive%n",
                        words(json.get("links")));
            }
        }
        ResolutionJson.print(out, json);
        for (JsonNode fault : json.get("faultsMissing")) {
            out.printf("fault        --%s was requested and never happened%n", fault.asText());
        }
        if (r.faults().total() > 0) {
            out.printf("faults       %s%n", happened(json.get("faults")));
        }
        if (!json.path("minimum").path("text").asText().isEmpty()) {
            out.printf(
                    "minimum      do columns rest at a minimum of their energy: %s%n",
                    json.path("minimum").path("text").asText());
        }
    }

    private static void printEnergy(PrintWriter out, ObjectNode json) {
        JsonNode energy = json.path("energy");
        if (energy.hasNonNull("reason")) {
            out.printf("energy       %s%n", energy.get("reason").asText());
        }
        if (energy.hasNonNull("internal")) {
            out.printf(
                    "energy       %s, %s with beta times the loss, sum over columns (%d)%s%n",
                    figure(energy.get("internal")),
                    figure(energy.get("total")),
                    energy.get("totalPerColumn").size(),
                    json.path("freeEnergy").hasNonNull("internal")
                            ? "; free " + figure(json.get("freeEnergy").get("internal"))
                            : "");
        }
    }

    private static void printComparison(PrintWriter out, ObjectNode json) {
        if (json.hasNonNull("relativeError")) {
            out.printf(
                    "%-12s relative error %s, cosine %s%n",
                    text(json, "reference"),
                    figure(json, "relativeError"),
                    cosine(json.get("cosine")));
        }
        if (json.get("beta").asDouble() == 0.0) {
            out.println("gradient     none: at beta 0 only the free phase settles");
        }
        if (json.hasNonNull("relativeErrorReason")) {
            out.printf("%-12s %s%n", text(json, "reference"), text(json, "relativeErrorReason"));
        }
        if (json.path("heldAtKink").asInt() > 0) {
            out.printf(
                    "held         %d units stand on a kink, where their energy has its minimum: their"
                            + " part of the update is an element of the generalised gradient%n",
                    json.get("heldAtKink").asInt());
        }
        if (json.path("freeAtKink").asInt() > 0) {
            out.printf(
                    "on a kink    %d units of the free state: the loss has no gradient there%s%n",
                    json.get("freeAtKink").asInt(),
                    json.hasNonNull("relativeError")
                            ? "; compared with the nearest element of the generalised one"
                            : "");
        }
        if (json.path("kinksCrossed").asInt() > 0) {
            out.printf(
                    "kinks        the nudge carried units over %d: their part of the update is not"
                            + " that of the free state, whatever the order in beta%n",
                    json.get("kinksCrossed").asInt());
        }
        if (json.hasNonNull("referenceObjection")) {
            out.printf(
                    "%-12s no comparison: %s%s%n",
                    text(json, "reference"),
                    text(json, "referenceObjection"),
                    text(json, "referenceObjection").contains(FARTHER)
                            ? "; take a smaller --threshold"
                            : "");
        }
    }

    private static void printCounts(PrintWriter out, ObjectNode json, RunReport r) {
        out.printf(
                "messages     %d (%d stale, %d late, %d lost), %d relaxations, %d synaptic"
                        + " operations%n",
                r.messages(),
                r.stale(),
                r.late(),
                r.lost(),
                r.relaxations(),
                r.synapticOperations());
        out.printf("events       %d synaptic operations if driven by events", r.eventOperations());
        out.println(r.spikes() > 0 ? ", %d unit spikes".formatted(r.spikes()) : "");
        out.printf(
                "time         %s %s, %.3f ms wall, %d audits, %d probe waves%n",
                List.of("synchronous", "red-black").contains(text(json, "host"))
                        ? Long.toString(r.hostNanos())
                        : "%.3f ms".formatted(r.hostNanos() / 1e6),
                switch (text(json, "host")) {
                    case "virtual" -> "virtual";
                    case "akka" -> "to quiescence";
                    default -> "sweeps";
                },
                r.wallNanos() / 1e6,
                r.auditRounds(),
                r.probeWaves());
        new TreeMap<>(r.histograms())
                .forEach(
                        (name, h) ->
                                out.printf(
                                        "%-14s p50 %.1f us, p99 %.1f us, max %.1f us%n",
                                        HistogramName.words(name),
                                        h.getValueAtPercentile(50) / NANOS_PER_MICRO,
                                        h.getValueAtPercentile(99) / NANOS_PER_MICRO,
                                        h.getMaxValue() / NANOS_PER_MICRO));
        if (r.traceHash() != 0) {
            out.printf("trace        %016x, hash of all events in order%n", r.traceHash());
        }
        if (r.stateHash() != 0) {
            out.printf("states       %016x, hash of the states of all cells%n", r.stateHash());
        }
    }

    private static String figure(ObjectNode json, String name) {
        return figure(json.get(name));
    }

    private static String figure(JsonNode value) {
        return value == null || value.isNull() ? "-" : "%.4e".formatted(value.asDouble());
    }

    private static String cosine(JsonNode value) {
        return value == null || value.isNull() ? "-" : "%.9f".formatted(value.asDouble());
    }

    private static String words(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(one -> out.add(one.asText()));
        return String.join(", ", out);
    }

    /** The faults that happened, with their counts. */
    private static String happened(JsonNode faults) {
        return faults.properties().stream()
                .filter(e -> e.getValue().asLong() > 0)
                .map(e -> e.getValue().asLong() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String text(ObjectNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? "-" : value.asText();
    }
}
