package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times and counts of a run: percentiles of latency, and its ledger of work. */
final class CountFigures {
    private static final int HISTOGRAMS_MAX = 16;

    private static final List<List<String>> WORK =
            List.of(
                    List.of("messages", "messages"),
                    List.of("relaxations", "relaxations"),
                    List.of("criticalPath", "critical path, relaxations"),
                    List.of("synapticOperations", "synaptic operations"),
                    List.of(
                            "denseOperations",
                            "synaptic operations of the same products as wholes"),
                    List.of("eventOperations", "event operations"));

    private CountFigures() {}

    /** {@return the percentiles of every histogram of times} */
    static Optional<Figure> latency(List<Latency> all) {
        List<Latency> some =
                all.stream().filter(l -> l.count() > 0 && l.unit().equals("us")).toList();
        RowPlot plot = new RowPlot("time, us", true, Latency.COLUMNS);
        List<String> header = new ArrayList<>(List.of("histogram", "unit", "count"));
        header.addAll(Latency.COLUMNS);
        List<List<String>> rows = new ArrayList<>();
        for (Latency one : some) {
            for (int k = 0; k < Latency.COLUMNS.size(); k++) {
                double micros = one.values().get(k) / 1000.0;
                String name = Latency.COLUMNS.get(k);
                plot.add(
                        one.name(),
                        k,
                        micros,
                        "%s: %s %s us".formatted(one.name(), name, Shown.number(micros)));
            }
            List<String> row =
                    new ArrayList<>(List.of(one.name(), "us", Long.toString(one.count())));
            one.values().forEach(v -> row.add(Double.toString(v / 1000.0)));
            rows.add(row);
        }
        boolean fits = plot.size() > 0 && some.size() <= HISTOGRAMS_MAX;
        return fits
                ? Optional.of(
                        new Figure(
                                "latency",
                                "percentiles of times",
                                "Percentiles of travel and waiting times, by host and histogram; a"
                                        + " virtual host counts virtual time, and 0 has no place on this axis.",
                                plot,
                                header,
                                rows))
                : Optional.empty();
    }

    /** {@return what the run cost, as counts on one axis} */
    static Optional<Figure> work(JsonNode result) {
        RowPlot plot = new RowPlot("count", true, List.of("count"));
        List<List<String>> rows = new ArrayList<>();
        for (List<String> one : WORK) {
            JsonNode count = result.path(one.get(0));
            if (count.isNumber() && count.asDouble() > 0) {
                String name = one.get(1) + ": " + Shown.value(count);
                plot.add(name, 0, count.asDouble(), name);
                rows.add(List.of(one.get(1), count.asText()));
            }
        }
        return plot.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new Figure(
                                "work",
                                "ledger of work",
                                "The ledger of work: what the run counted.",
                                plot,
                                List.of("quantity", "count"),
                                rows));
    }
}
