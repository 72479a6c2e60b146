package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of a grid with a single axis: the share that settled, errors and scores. */
final class GridFigures {
    private static final int POINTS_MAX = 24;

    private final CsvTable summary;
    private final String axis;

    private GridFigures(CsvTable summary, String axis) {
        this.summary = summary;
        this.axis = axis;
    }

    /**
     * {@return the figures of a grid; none if several axes have several values, which maps show}
     *
     * @param summary a row per point
     * @param config with the axes
     */
    static List<Figure> of(CsvTable summary, JsonNode config) {
        List<String> several = new ArrayList<>();
        config.path("axes")
                .properties()
                .forEach(
                        e -> {
                            if (e.getValue().size() > 1) {
                                several.add(e.getKey());
                            }
                        });
        boolean drawn =
                several.size() == 1 && summary.has(several.get(0)) && summary.size() <= POINTS_MAX;
        return drawn ? new GridFigures(summary, several.get(0)).figures() : List.of();
    }

    private List<Figure> figures() {
        List<Figure> out = new ArrayList<>();
        figure(
                        "score",
                        "mean test accuracy over " + axis,
                        "Mean test accuracy of the finished trainings at each point, over its seeds.",
                        "test accuracy",
                        List.of("meanTestAccuracy", "meanBackpropTestAccuracy"),
                        List.of("by this algorithm", "by backprop"),
                        false)
                .ifPresent(out::add);
        figure(
                        "error",
                        "relative error over " + axis,
                        "Relative error of the settled runs at each point, the geometric mean over its"
                                + " seeds with its 95 % interval.",
                        "relative error",
                        List.of("meanLog10Error", "log10ErrorLow95", "log10ErrorHigh95"),
                        List.of("geometric mean", "lower bound", "upper bound"),
                        true)
                .ifPresent(out::add);
        figure(
                        "settled",
                        "share of runs that settled over " + axis,
                        "Share of the counted runs that settled at each point, with its 95 %"
                                + " interval.",
                        "share that settled",
                        List.of("settledFraction", "settledLow95", "settledHigh95"),
                        List.of("share", "lower bound", "upper bound"),
                        false)
                .ifPresent(out::add);
        return out;
    }

    private Optional<Figure> figure(
            String id,
            String title,
            String caption,
            String label,
            List<String> columns,
            List<String> names,
            boolean powers) {
        List<String> there = columns.stream().filter(this::isFilled).toList();
        if (!there.contains(columns.get(0))) {
            return Optional.empty();
        }
        RowPlot plot = new RowPlot(label, powers, names.subList(0, there.size()));
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(axis));
        header.addAll(there);
        for (List<String> row : summary.first()) {
            String point = axis + " " + summary.cell(row, axis);
            for (int k = 0; k < there.size(); k++) {
                double value = Shown.parse(summary.cell(row, there.get(k)));
                double shown = powers ? Math.pow(10.0, value) : value;
                plot.add(
                        point,
                        k,
                        shown,
                        "%s: %s %s".formatted(point, names.get(k), Shown.number(shown)));
            }
            rows.add(header.stream().map(name -> summary.cell(row, name)).toList());
        }
        return Optional.of(new Figure(id, title, caption, plot, header, rows));
    }

    private boolean isFilled(String column) {
        return summary.has(column)
                && summary.first().stream()
                        .anyMatch(row -> !Double.isNaN(Shown.parse(summary.cell(row, column))));
    }
}
