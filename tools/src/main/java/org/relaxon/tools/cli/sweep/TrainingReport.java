package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;
import org.relaxon.tools.output.HeatMap;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;

/** The outcome of a grid of trainings: their test accuracies, or R2 for tasks without accuracy. */
final class TrainingReport implements GridReport {
    private static final int LINES_MAX = 60;
    private static final int WORST_MAX = 5;

    private final TrainingRuns runs;
    private final Grid grid;
    private final List<SweepRow> rows;
    private final List<PointSummary> summary;
    private final List<SweepMap> maps = new ArrayList<>();
    private final String score;

    TrainingReport(TrainingRuns runs, Map<Integer, SweepRow> rows, List<List<String>> mapAxes) {
        this.runs = runs;
        this.grid = runs.grid();
        this.rows = List.copyOf(rows.values());
        List<Integer> all = IntStream.range(0, grid.axes().size()).boxed().toList();
        summary = PointSummary.of(grid, this.rows, all);
        mapAxes.forEach(pair -> maps.add(SweepMap.of(grid, this.rows, pair.get(0), pair.get(1))));
        boolean classes =
                this.rows.stream().anyMatch(r -> !Double.isNaN(r.training().testAccuracy()));
        boolean none = this.rows.stream().allMatch(r -> Double.isNaN(r.training().score()));
        score = classes || none ? "test accuracy" : "test R2";
    }

    @Override
    public Map<String, HeatMap> pictures() {
        Map<String, HeatMap> out = new LinkedHashMap<>();
        for (SweepMap map : maps) {
            String name = "map-" + map.x().name() + "-" + map.y().name();
            out.put(
                    name + "-" + score.replace("test ", "").toLowerCase(Locale.ROOT),
                    HeatMap.score(map, score));
        }
        return out;
    }

    @Override
    public List<String> header() {
        List<String> out = new ArrayList<>(List.of("run"));
        grid.axes().stream().map(Axis::name).forEach(out::add);
        out.addAll(List.of("seed", "resolvedInit", "resolvedGain", "verdict", "reason", "detail"));
        out.addAll(TrainingFigures.header());
        out.addAll(List.of("messages", "synapticOperations", "repeat"));
        return out;
    }

    @Override
    public List<List<String>> rows() {
        return rows.stream().map(this::row).toList();
    }

    private List<String> row(SweepRow row) {
        GridPoint point = grid.point(row.index());
        List<String> out = new ArrayList<>(List.of(Integer.toString(row.index())));
        out.addAll(point.values());
        out.add(Long.toString(point.seed()));
        out.addAll(runs.weights(point));
        out.addAll(List.of(row.verdict(), row.reason(), row.detail()));
        out.addAll(row.training().cells());
        out.add(Long.toString(row.counts().messages()));
        out.add(Long.toString(row.counts().synapticOperations()));
        out.add(runs.repeat(point));
        return out;
    }

    @Override
    public List<List<String>> times() {
        return rows.stream()
                .map(r -> List.of(Integer.toString(r.index()), Long.toString(r.wallMillis())))
                .toList();
    }

    @Override
    public List<String> summaryHeader() {
        List<String> out = new ArrayList<>(grid.axes().stream().map(Axis::name).toList());
        String name = score.equals("test R2") ? "TestR2" : "TestAccuracy";
        out.addAll(List.of("runs", "trained", "mean" + name, "low95", "high95"));
        return out;
    }

    @Override
    public List<List<String>> summaryRows() {
        return summary.stream().map(this::summaryRow).toList();
    }

    /** The mean, within 0 and 1 for an accuracy. */
    private Interval mean(PointSummary s) {
        Interval mean = s.score();
        return score.equals("test R2")
                ? mean
                : new Interval(mean.value(), Math.max(0.0, mean.low()), Math.min(1.0, mean.high()));
    }

    private List<String> summaryRow(PointSummary s) {
        List<String> out = new ArrayList<>(s.values());
        out.add(Integer.toString(s.rows().size()));
        out.add(Integer.toString(s.settledCount()));
        Interval mean = mean(s);
        for (double value : new double[] {mean.value(), mean.low(), mean.high()}) {
            out.add(Double.isNaN(value) ? "" : Double.toString(value));
        }
        return out;
    }

    /** Counts, a line per point, and commands that repeat trainings that were not completed. */
    @Override
    public String text() {
        long trained = rows.stream().filter(SweepRow::settled).count();
        long refused = rows.stream().filter(r -> r.verdict().equals(SweepRow.REFUSED)).count();
        StringBuilder out = new StringBuilder();
        out.append(
                "%d trainings of %d: %d completed, %d not, %d refused%n"
                        .formatted(
                                rows.size(),
                                grid.size(),
                                trained,
                                rows.size() - trained - refused,
                                refused));
        out.append(
                "trained of all; mean %s of those, with its 95 %% interval over seeds%n%n"
                        .formatted(score));
        if (grid.axis("algorithm") >= 0) {
            List<String> drawn =
                    grid.all().stream()
                            .map(p -> String.join(" ", runs.weights(p)).trim())
                            .distinct()
                            .toList();
            out.append(
                    "weights: %s%n%n"
                            .formatted(
                                    drawn.size() == 1
                                            ? drawn.get(0) + " for all algorithms"
                                            : String.join("; ", drawn)
                                                    + ", as results.csv states per row"));
        }
        summary.stream().limit(LINES_MAX).forEach(s -> out.append(line(s)));
        if (summary.size() > LINES_MAX) {
            out.append("... %d more in summary.csv%n".formatted(summary.size() - LINES_MAX));
        }
        List<SweepRow> lost = rows.stream().filter(r -> !r.settled()).limit(WORST_MAX).toList();
        if (!lost.isEmpty()) {
            out.append(
                    "%nTrainings that were not completed, with the command of each:%n".formatted());
            lost.forEach(r -> out.append(failure(r)));
        }
        return out.toString();
    }

    private String failure(SweepRow row) {
        String why = row.reason().isEmpty() ? row.detail() : row.reason() + ", " + row.detail();
        return "  %s: %s%n    %s%n"
                .formatted(row.verdict(), why, runs.repeat(grid.point(row.index())));
    }

    private String line(PointSummary s) {
        StringBuilder place = new StringBuilder();
        for (int a = 0; a < s.values().size(); a++) {
            place.append("%s %s  ".formatted(grid.axes().get(a).name(), s.values().get(a)));
        }
        Interval mean = mean(s);
        String figure =
                Double.isNaN(mean.value())
                        ? "-"
                        : Double.isNaN(mean.low())
                                ? String.format(Locale.ROOT, "%.4f", mean.value())
                                : String.format(
                                        Locale.ROOT,
                                        "%.4f [%.4f, %.4f]",
                                        mean.value(),
                                        mean.low(),
                                        mean.high());
        return String.format(
                Locale.ROOT,
                "%-44s %3d/%-3d  %s%n",
                place.toString().trim(),
                s.settledCount(),
                s.rows().size(),
                figure);
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("command", runs.config().command());
        node.put("version", Version.text());
        node.put("host", runs.config().host());
        long trained = rows.stream().filter(SweepRow::settled).count();
        node.put(
                "verdict",
                trained == rows.size()
                        ? "trained"
                        : trained > 0 ? "partly-trained" : "not-settled");
        node.put("runs", rows.size());
        node.put("runsOfGrid", grid.size());
        node.put("runsTrained", trained);
        node.put("score", score);
        ArrayNode points = node.putArray("points");
        List<String> names = summaryHeader();
        for (PointSummary s : summary) {
            ObjectNode point = points.addObject();
            List<String> cells = summaryRow(s);
            for (int k = 0; k < names.size(); k++) {
                String cell = cells.get(k);
                if (k < grid.axes().size()) {
                    point.put(names.get(k), cell);
                } else {
                    Json.put(
                            point,
                            names.get(k),
                            cell.isEmpty() ? Double.NaN : Double.parseDouble(cell));
                }
            }
        }
        return node;
    }
}
