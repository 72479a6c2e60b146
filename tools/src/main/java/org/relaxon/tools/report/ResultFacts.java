package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relaxon.tools.output.FaultWords;
import org.relaxon.tools.output.HostTime;
import org.relaxon.tools.output.LastSignals;
import org.relaxon.tools.output.Operations;

/** The result of one settling, as names and values. */
final class ResultFacts {
    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonNode result;
    private final Map<String, String> facts = new LinkedHashMap<>();

    ResultFacts(JsonNode result) {
        this.result = result;
    }

    /** Whether the result is of one settling, which has no slopes, plots or maps. */
    private boolean isOne() {
        return result.has("columnsSettled") && !result.has("cases");
    }

    /** Writes a section, unless the result is of several runs. */
    void write(Page page) {
        if (!isOne()) {
            return;
        }
        page.heading("Result");
        facts.put(
                "columns settled",
                text("columnsSettled") + " of " + Shown.value(result.path("columns")));
        boolean energy = !result.hasNonNull("noEnergy");
        put("no gradient is claimed", "noEnergy");
        put(
                "residual: farthest of a cell from its own " + (energy ? "minimum" : "fixed point"),
                "residual");
        put("relative error against " + text("reference"), "relativeError");
        if (result.path("cosine").isNumber()) {
            facts.put(
                    "1 - cosine to " + text("reference"),
                    Shown.oneMinus(result.get("cosine").asDouble()));
        }
        if (!energy) {
            put("angle to " + text("reference") + ", degrees", "angleDegrees");
        }
        put("why there is no relative error", "relativeErrorReason");
        put("no comparison", "referenceObjection");
        put("not resolved: hidden by rounding", "unresolved");
        if (energy) {
            put("do columns rest at a minimum of their energy", "minimum/text");
        }
        put("energy, sum over columns", "energy/internal");
        if (energy) {
            put("energy", "energy/reason");
        }
        put("energy with beta times the loss", "energy/total");
        put(
                "links whose last signal "
                        + LastSignals.text(text("reason"), result.path("lost").asLong()),
                "links");
        messages();
        put("relaxations: recomputations of a cell", "relaxations");
        put("critical path: longest chain of dependent relaxations", "criticalPath");
        put(Operations.NAME, "synapticOperations");
        put("the same products as wholes, synaptic operations", "denseOperations");
        events();
        happened().ifPresent(text -> facts.put("faults that happened", text));
        put("audits of all cells", "auditRounds");
        put("waves of probes for quiescence", "probeWaves");
        time();
        put("trace: hash of all deliveries of the last phase", "traceHash");
        put("states: hash of the states of all cells", "stateHash");
        put("what to change", "adviceCommand");
        page.facts(facts);
        if (facts.containsKey(Operations.NAME)) {
            page.paragraph(Operations.MEANING);
        }
    }

    private void messages() {
        facts.put(
                "messages",
                "%s%s (%s stale, %s late, %s lost)"
                        .formatted(
                                text("messages"),
                                LastSignals.repeats(result.path("repeated").asLong()),
                                text("stale"),
                                text("late"),
                                text("lost")));
    }

    private void events() {
        put("event operations: additions of single activities that changed", "eventOperations");
        if (result.path("spikes").asLong() > 0) {
            put("unit spikes", "spikes");
        }
    }

    private void time() {
        JsonNode nanos = result.path("hostNanos");
        String host = text("host");
        boolean sweeps = HostTime.isSweeps(host);
        String reason = result.path("reason").asText("");
        if (nanos.isNumber()) {
            facts.put(
                    sweeps ? "sweeps" : "time, ms, " + HostTime.words(host, reason),
                    sweeps ? nanos.asText() : Shown.number(nanos.asDouble() / NANOS_PER_MILLI));
        }
        put("wall-clock time, s", "wallSeconds");
    }

    private Optional<String> happened() {
        StringBuilder out = new StringBuilder();
        result.path("faults")
                .properties()
                .forEach(
                        e -> {
                            if (e.getValue().asLong() > 0) {
                                out.append(out.isEmpty() ? "" : ", ")
                                        .append(e.getValue().asLong())
                                        .append(' ')
                                        .append(FaultWords.of(e.getKey(), e.getValue().asLong()));
                            }
                        });
        return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
    }

    private String text(String field) {
        return Shown.value(result.path(field));
    }

    /** Adds a value unless it is null or empty. */
    private void put(String name, String pointer) {
        JsonNode value = result.at("/" + pointer);
        String text = Shown.value(value);
        if (!text.equals("-") && !text.isEmpty()) {
            facts.put(name, text);
        }
    }
}
