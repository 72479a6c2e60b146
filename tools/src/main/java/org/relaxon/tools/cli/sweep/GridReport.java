package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.output.HeatMap;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;

/** The outcome of a grid of runs as tables, pictures, text and JSON. */
abstract class GridReport {
    private static final int LINES_MAX = 60;
    private static final int FAILED_MAX = 5;

    private final SweepConfig config;
    private final Grid grid;
    private final List<SweepRow> rows;
    private final List<PointSummary> summary;
    private final List<SweepMap> maps;

    /**
     * @param rows that were made, by their number
     * @param mapAxes the two axes of each map
     */
    GridReport(
            SweepConfig config,
            Grid grid,
            Map<Integer, SweepRow> rows,
            List<List<String>> mapAxes) {
        this.config = config;
        this.grid = grid;
        this.rows = List.copyOf(rows.values());
        List<Integer> all = IntStream.range(0, grid.axes().size()).boxed().toList();
        summary = PointSummary.of(grid, this.rows, all);
        maps =
                mapAxes.stream()
                        .map(pair -> SweepMap.of(grid, this.rows, pair.get(0), pair.get(1)))
                        .toList();
    }

    /** Maps by the name of their file, without an ending. */
    abstract Map<String, HeatMap> pictures();

    /** Names of {@link #cells}. */
    abstract List<String> columns();

    /** A row without its number, point and command. */
    abstract List<String> cells(SweepRow row, GridPoint point);

    /** The command of one run. */
    abstract String repeat(GridPoint point);

    /** Source and gain of the weights of a run; empty texts if they are not known. */
    abstract List<String> weights(GridPoint point);

    /** Names of {@link #summaryCells}. */
    abstract List<String> summaryColumns();

    /** The figures of a point over its seeds. */
    abstract List<String> summaryCells(PointSummary point);

    /** The same in one line of text. */
    abstract String figures(PointSummary point);

    /** What the runs are and what good ones did, such as runs and settled. */
    abstract List<String> nouns();

    /** The meaning of {@link #figures}. */
    abstract String legend();

    /** Sentences about the maps. */
    List<String> findings() {
        return List.of();
    }

    /** Runs to be listed with their commands, the worst first. */
    List<SweepRow> failed() {
        return rows.stream().filter(r -> !r.settled()).toList();
    }

    /** The heading of {@link #failed}. */
    abstract String failedHeading();

    /** The worst run on top, then a summary per point. */
    abstract ObjectNode json();

    Grid grid() {
        return grid;
    }

    List<SweepRow> made() {
        return rows;
    }

    List<SweepMap> maps() {
        return maps;
    }

    /** Names of the columns of {@link #rows}. */
    final List<String> header() {
        List<String> out = new ArrayList<>(List.of("run"));
        grid.axes().stream().map(Axis::name).forEach(out::add);
        out.add("seed");
        out.addAll(columns());
        out.add("repeat");
        return out;
    }

    /** One row per run, in grid order. */
    final List<List<String>> rows() {
        return rows.stream().map(this::row).toList();
    }

    private List<String> row(SweepRow row) {
        GridPoint point = grid.point(row.index());
        List<String> out = new ArrayList<>(List.of(Integer.toString(row.index())));
        out.addAll(point.values());
        out.add(Long.toString(point.seed()));
        out.addAll(cells(row, point));
        out.add(repeat(point));
        return out;
    }

    /** Names of the columns of {@link #summaryRows}. */
    final List<String> summaryHeader() {
        List<String> out = new ArrayList<>(grid.axes().stream().map(Axis::name).toList());
        out.addAll(summaryColumns());
        return out;
    }

    /** One row per point, over its seeds. */
    final List<List<String>> summaryRows() {
        return summary.stream().map(this::summaryRow).toList();
    }

    private List<String> summaryRow(PointSummary point) {
        List<String> out = new ArrayList<>(point.values());
        out.addAll(summaryCells(point));
        return out;
    }

    /** Numbers as cells; empty for NaN. */
    static List<String> numbers(double... values) {
        return Arrays.stream(values)
                .mapToObj(v -> Double.isNaN(v) ? "" : Double.toString(v))
                .toList();
    }

    /** Run and wall-clock milliseconds. */
    final List<List<String>> times() {
        return rows.stream()
                .map(r -> List.of(Integer.toString(r.index()), Long.toString(r.wallMillis())))
                .toList();
    }

    final long good() {
        return rows.stream().filter(SweepRow::settled).count();
    }

    /**
     * Counts, a line per point, findings, and commands that repeat the worst runs.
     *
     * @param place turns a recorded command into that of the place where the text is read
     */
    final String text(UnaryOperator<String> place) {
        StringBuilder out = new StringBuilder();
        long refused = rows.stream().filter(r -> r.verdict().equals(SweepRow.REFUSED)).count();
        out.append(
                "%d %s of %d: %d %s, %d not, %d refused%n%s%n%n"
                        .formatted(
                                rows.size(),
                                nouns().get(0),
                                grid.size(),
                                good(),
                                nouns().get(1),
                                rows.size() - good() - refused,
                                refused,
                                legend()));
        out.append(weightsOfAlgorithms());
        summary.stream().limit(LINES_MAX).forEach(s -> out.append(line(s)));
        if (summary.size() > LINES_MAX) {
            out.append(
                    "... %d points more, in summary.csv%n".formatted(summary.size() - LINES_MAX));
        }
        findings().forEach(f -> out.append("%n%s%n".formatted(f)));
        List<SweepRow> failed = failed();
        if (!failed.isEmpty()) {
            out.append("%n%s:%n".formatted(failedHeading()));
            failed.stream().limit(FAILED_MAX).forEach(r -> out.append(failure(r, place)));
        }
        if (failed.size() > FAILED_MAX) {
            out.append("  ... and %d more%n".formatted(failed.size() - FAILED_MAX));
        }
        return out.toString();
    }

    /** Along an axis of algorithms: the weights with which they were compared. */
    private String weightsOfAlgorithms() {
        if (grid.axis("algorithm") < 0) {
            return "";
        }
        List<String> drawn =
                rows.stream()
                        .map(r -> String.join(" ", weights(grid.point(r.index()))).trim())
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList();
        return "weights: %s%n%n"
                .formatted(
                        drawn.size() == 1
                                ? drawn.get(0) + " for all algorithms"
                                : String.join("; ", drawn) + ", as results.csv states per row");
    }

    private String line(PointSummary s) {
        StringBuilder place = new StringBuilder();
        for (int a = 0; a < s.values().size(); a++) {
            place.append("%s %s  ".formatted(grid.axes().get(a).name(), s.values().get(a)));
        }
        return "%-44s %s%n".formatted(place.toString().trim(), figures(s));
    }

    private String failure(SweepRow row, UnaryOperator<String> place) {
        String why = row.reason().isEmpty() ? row.detail() : row.reason() + ", " + row.detail();
        String command = place.apply(repeat(grid.point(row.index())));
        return "  %s: %s%n    %s%n".formatted(row.verdict(), why, command);
    }

    /** An object with the request. */
    final ObjectNode request() {
        ObjectNode node = Json.object();
        node.put("command", config.command());
        node.put("version", Version.text());
        node.put("host", config.host());
        return node;
    }

    /** Adds the numbers of runs. */
    final void fillCounts(ObjectNode node, String good) {
        node.put("runs", rows.size());
        node.put("runsOfGrid", grid.size());
        node.put(good, good());
    }

    /** Adds an object per point, of its values and figures. */
    final void fillPoints(ObjectNode node) {
        ArrayNode points = node.putArray("points");
        List<String> names = summaryHeader();
        for (List<String> cells : summaryRows()) {
            ObjectNode point = points.addObject();
            for (int k = 0; k < names.size(); k++) {
                String cell = cells.get(k);
                if (k < grid.axes().size()) {
                    point.put(names.get(k), cell);
                } else {
                    double value = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
                    Json.put(point, names.get(k), value);
                }
            }
        }
    }
}
