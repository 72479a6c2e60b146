package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a map over two axes of a grid: a row per point.
 *
 * @param header axes, then what the map shows
 * @param rows as in {@code summary.csv}
 */
record MapData(List<String> header, List<List<String>> rows) {
    private static final int ROWS_MAX = 1000;

    /**
     * {@return the numbers of a map; empty if the picture is no map, or the grid has no table or
     * too many points for a page}
     *
     * @param picture of the run
     * @param files of the run
     */
    static Optional<MapData> of(Picture picture, RunFiles files) {
        Optional<CsvTable> summary = files.summary();
        if (!picture.isMap() || summary.isEmpty() || summary.get().size() > ROWS_MAX) {
            return Optional.empty();
        }
        CsvTable table = summary.get();
        List<String> header = new ArrayList<>();
        JsonNode axes = files.config().path("axes");
        axes.fieldNames().forEachRemaining(header::add);
        header.addAll(measures(picture.name()));
        header.removeIf(name -> !table.has(name));
        List<List<String>> rows =
                table.kept().stream()
                        .map(row -> header.stream().map(name -> table.cell(row, name)).toList())
                        .toList();
        return header.size() < 3 ? Optional.empty() : Optional.of(new MapData(header, rows));
    }

    private static List<String> measures(String name) {
        if (name.contains("-settled.")) {
            return List.of("settledFraction", "settledLow95", "settledHigh95");
        }
        return name.contains("-error.")
                ? List.of("meanLog10Error", "log10ErrorLow95", "log10ErrorHigh95")
                : List.of("meanTestAccuracy", "meanBackpropTestAccuracy");
    }
}
