package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the local update of every layer compares with its reference. */
final class LayerFigures {
    private static final int LAYERS_MAX = 24;

    private LayerFigures() {}

    /** {@return error and angle per layer, and the ratio of lengths per layer} */
    static List<Figure> of(JsonNode result) {
        List<Figure> out = new ArrayList<>();
        figure(
                        result,
                        "layers-error",
                        "relative error and 1 - cosine of every layer",
                        "Distance of every layer's local update from its reference; 0 has no place on"
                                + " this axis.",
                        true,
                        List.of("relativeError", "oneMinusCosine"),
                        List.of("relative error", "1 - cosine"))
                .ifPresent(out::add);
        figure(
                        result,
                        "layers-norm",
                        "norm ratio of every layer",
                        "Length of every layer's local update over that of its reference: 1 where they"
                                + " are equally long.",
                        false,
                        List.of("normRatio"),
                        List.of("norm ratio"))
                .ifPresent(out::add);
        return out;
    }

    private static Optional<Figure> figure(
            JsonNode result,
            String id,
            String title,
            String caption,
            boolean logarithmic,
            List<String> fields,
            List<String> names) {
        JsonNode layers = result.path("projections");
        RowPlot plot =
                new RowPlot(
                        names.size() == 1 ? names.get(0) : "relative error; 1 - cosine",
                        logarithmic,
                        names);
        List<String> header = new ArrayList<>(List.of("name"));
        header.addAll(fields);
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode layer : layers) {
            String name = layer.path("name").asText();
            for (int k = 0; k < fields.size(); k++) {
                JsonNode value = layer.path(fields.get(k));
                plot.add(
                        name,
                        k,
                        value.isNumber() ? value.asDouble() : Double.NaN,
                        "%s: %s %s".formatted(name, names.get(k), Shown.value(value)));
            }
            rows.add(header.stream().map(n -> layer.path(n).asText("")).toList());
        }
        boolean fits = plot.size() > 0 && plot.size() <= LAYERS_MAX;
        return fits
                ? Optional.of(new Figure(id, title, caption, plot, header, rows))
                : Optional.empty();
    }
}
