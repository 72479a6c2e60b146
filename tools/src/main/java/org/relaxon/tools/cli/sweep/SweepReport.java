package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.HeatMap;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;

/** The outcome of a sweep as tables, as text and as JSON. */
final class SweepReport implements GridReport {
    private static final int LINES_MAX = 60;
    private static final int WORST_MAX = 5;
    private static final List<String> RESOLVED =
            List.of("resolvedInit", "resolvedGain", "resolvedStrength");

    private final SweepRun runs;
    private final SweepConfig config;
    private final String network;
    private final Grid grid;
    private final List<SweepRow> rows;
    private final List<PointSummary> summary;
    private final List<SweepMap> maps = new ArrayList<>();

    SweepReport(
            SweepRun runs,
            String network,
            SweepConfig config,
            Map<Integer, SweepRow> rows,
            List<List<String>> mapAxes) {
        this.runs = runs;
        this.config = config;
        this.network = network;
        grid = runs.grid();
        this.rows = List.copyOf(rows.values());
        List<Integer> all = IntStream.range(0, grid.axes().size()).boxed().toList();
        summary = PointSummary.of(grid, this.rows, all);
        mapAxes.forEach(pair -> maps.add(SweepMap.of(grid, this.rows, pair.get(0), pair.get(1))));
    }

    @Override
    public Map<String, HeatMap> pictures() {
        Map<String, HeatMap> out = new LinkedHashMap<>();
        for (SweepMap map : maps) {
            String name = "map-" + map.x().name() + "-" + map.y().name();
            out.put(name + "-settled", HeatMap.settled(map));
            out.put(name + "-error", HeatMap.error(map));
        }
        return out;
    }

    @Override
    public List<String> header() {
        List<String> out = new ArrayList<>(List.of("run"));
        grid.axes().stream().map(Axis::name).forEach(out::add);
        out.add("seed");
        out.addAll(RESOLVED);
        out.addAll(SweepRow.settlingHeader());
        out.add("repeat");
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
        out.addAll(resolvedCells(point));
        out.addAll(row.cells().subList(0, SweepRow.settlingHeader().size()));
        out.add(config.repeat(runs, point));
        return out;
    }

    /** Source of the weights and strength of a run; empty if nothing could be resolved. */
    private List<String> resolvedCells(GridPoint point) {
        ResolvedRun run = resolved(point);
        if (run == null) {
            return List.of("", "", "");
        }
        String weights = run.problem().weights();
        return List.of(
                weights.isEmpty() ? run.problem().scheme().optionName() : weights,
                weights.isEmpty() ? Figures.number(run.problem().gain()) : "",
                run.method().algorithm().strength() == Strength.NONE
                        ? ""
                        : Figures.number(run.method().strength()));
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
        out.addAll(
                List.of(
                        "runs",
                        "counted",
                        "settled",
                        "settledFraction",
                        "settledLow95",
                        "settledHigh95",
                        "meanLog10Error",
                        "log10ErrorLow95",
                        "log10ErrorHigh95",
                        "medianLog10Error",
                        "meanContraction",
                        "meanLoopGain",
                        "meanStepRatio",
                        "meanThresholdShare"));
        return out;
    }

    @Override
    public List<List<String>> summaryRows() {
        return summary.stream().map(SweepReport::summaryRow).toList();
    }

    private static List<String> summaryRow(PointSummary s) {
        List<String> out = new ArrayList<>(s.values());
        out.add(Integer.toString(s.rows().size()));
        out.add(Integer.toString(s.counted()));
        out.add(Integer.toString(s.settledCount()));
        Interval settled = s.settled();
        Interval error = s.logError();
        for (double value :
                new double[] {
                    settled.value(),
                    settled.low(),
                    settled.high(),
                    error.value(),
                    error.low(),
                    error.high(),
                    s.medianLogError(),
                    s.prediction(Prediction::contraction),
                    s.prediction(Prediction::loopGain),
                    s.prediction(Prediction::stepRatio),
                    s.prediction(Prediction::thresholdShare)
                }) {
            out.add(Double.isNaN(value) ? "" : Double.toString(value));
        }
        return out;
    }

    /** Counts, a line per point, findings of the maps, and commands that repeat the worst runs. */
    @Override
    public String text() {
        StringBuilder out = new StringBuilder();
        long settled = rows.stream().filter(SweepRow::settled).count();
        long refused = rows.stream().filter(r -> r.verdict().equals(SweepRow.REFUSED)).count();
        out.append(
                "%d runs of %d: %d settled, %d not, %d refused%n"
                        .formatted(
                                rows.size(),
                                grid.size(),
                                settled,
                                rows.size() - settled - refused,
                                refused));
        out.append(
                "settled with its 95 %% interval; log10 of the relative error likewise%n%n"
                        .formatted());
        out.append(weights());
        summary.stream().limit(LINES_MAX).forEach(s -> out.append(line(s)));
        if (summary.size() > LINES_MAX) {
            out.append(
                    "... %d points more, in summary.csv%n".formatted(summary.size() - LINES_MAX));
        }
        for (SweepMap map : maps) {
            for (String finding : map.findings()) {
                out.append(
                        "%nMap %s x %s, %s.%n".formatted(map.x().name(), map.y().name(), finding));
            }
        }
        List<SweepRow> failed = worst().stream().filter(r -> !r.settled()).toList();
        if (!failed.isEmpty()) {
            out.append(
                    "%nRuns that did not settle, with the command that repeats each:%n"
                            .formatted());
            failed.stream().limit(WORST_MAX).forEach(r -> out.append(failure(r)));
        }
        if (failed.size() > WORST_MAX) {
            out.append("  ... and %d more%n".formatted(failed.size() - WORST_MAX));
        }
        return out.toString();
    }

    /** Along an axis of algorithms: the weights with which they were compared. */
    private String weights() {
        if (grid.axis("algorithm") < 0) {
            return "";
        }
        List<String> drawn =
                summary.stream()
                        .map(s -> resolvedCells(grid.point(s.rows().get(0).index())))
                        .map(cells -> (cells.get(0) + " " + cells.get(1)).trim())
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList();
        return "weights: %s%n%n"
                .formatted(
                        drawn.size() == 1
                                ? drawn.get(0) + " for all algorithms"
                                : String.join("; ", drawn) + ", as results.csv states per row");
    }

    private String failure(SweepRow row) {
        String why = row.reason().isEmpty() ? row.detail() : row.reason() + ", " + row.detail();
        return "  %s: %s%n    %s%n"
                .formatted(row.verdict(), why, config.repeat(runs, grid.point(row.index())));
    }

    private String line(PointSummary s) {
        StringBuilder place = new StringBuilder();
        for (int a = 0; a < s.values().size(); a++) {
            place.append("%s %s  ".formatted(grid.axes().get(a).name(), s.values().get(a)));
        }
        Interval e = s.logError();
        String error =
                Double.isNaN(e.value())
                        ? "-"
                        : Double.isNaN(e.low())
                                ? String.format(Locale.ROOT, "%.2f", e.value())
                                : String.format(
                                        Locale.ROOT,
                                        "%.2f [%.2f, %.2f]",
                                        e.value(),
                                        e.low(),
                                        e.high());
        return String.format(
                Locale.ROOT,
                "%-44s %3d/%-3d [%.2f, %.2f]  %s%n",
                place.toString().trim(),
                s.settledCount(),
                s.counted(),
                s.settled().low(),
                s.settled().high(),
                error);
    }

    /** Failed first, then refused, not settled, and by falling error; a NaN counts as large. */
    private List<SweepRow> worst() {
        Comparator<SweepRow> order =
                Comparator.comparingInt(SweepReport::rank)
                        .thenComparing(
                                Comparator.comparingDouble(SweepRow::relativeError).reversed());
        return rows.stream().sorted(order).toList();
    }

    private static int rank(SweepRow row) {
        return switch (row.verdict()) {
            case SweepRow.FAILED -> 0;
            case "not-settled" -> 1;
            case SweepRow.REFUSED -> 2;
            default -> 3;
        };
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("command", config.command());
        node.put("version", Version.text());
        node.put("network", network);
        node.put("host", config.host());
        fillWorst(node);
        node.put("runs", rows.size());
        node.put("runsOfGrid", grid.size());
        node.put("runsSettled", rows.stream().filter(SweepRow::settled).count());
        ArrayNode findings = node.putArray("findings");
        maps.forEach(m -> m.findings().forEach(findings::add));
        ArrayNode points = node.putArray("points");
        List<String> names = summaryHeader();
        for (PointSummary s : summary) {
            ObjectNode point = points.addObject();
            List<String> cells = summaryRow(s);
            for (int k = 0; k < names.size(); k++) {
                if (k < grid.axes().size()) {
                    point.put(names.get(k), cells.get(k));
                } else {
                    Json.put(
                            point,
                            names.get(k),
                            cells.get(k).isEmpty() ? Double.NaN : Double.parseDouble(cells.get(k)));
                }
            }
        }
        return node;
    }

    private void fillWorst(ObjectNode node) {
        SweepRow worst = worst().stream().findFirst().orElse(null);
        GridPoint point = grid.point(worst == null ? 0 : worst.index());
        node.put("seed", point.seed());
        ResolvedRun run = resolved(point);
        node.put("algorithm", run == null ? null : run.method().algorithm().optionName());
        node.put("estimator", run == null ? null : run.method().estimator().optionName());
        Json.put(node, "beta", run == null ? Double.NaN : run.method().strength());
        node.put(
                "reference",
                run == null ? null : run.method().algorithm().reference().optionName());
        node.put("discipline", run == null ? null : run.plan().discipline().toString());
        node.put("granularity", run == null ? null : run.plan().granularity().toString());
        node.put("delay", run == null ? null : run.plan().delay().spec());
        node.put("verdict", worst == null ? null : worst.verdict());
        node.put("reason", worst == null || worst.reason().isEmpty() ? null : worst.reason());
        node.put("detail", worst == null ? null : worst.detail());
        Json.put(node, "residual", worst == null ? Double.NaN : worst.residual());
        node.put("messages", rows.stream().mapToLong(r -> r.counts().messages()).sum());
        node.put(
                "synapticOperations",
                rows.stream().mapToLong(r -> r.counts().synapticOperations()).sum());
        node.put("wallSeconds", rows.stream().mapToLong(SweepRow::wallMillis).sum() / 1e3);
        ObjectNode certificate = node.putObject("certificate");
        Prediction prediction = worst == null ? null : worst.prediction();
        Json.put(
                certificate,
                "contraction",
                prediction == null ? Double.NaN : prediction.contraction());
        Json.put(certificate, "loopGain", prediction == null ? Double.NaN : prediction.loopGain());
        Json.put(node, "relativeError", worst == null ? Double.NaN : worst.relativeError());
        Json.put(node, "cosine", worst == null ? Double.NaN : worst.cosine());
        node.putNull("signAgreement"); // rows keep totals only
        node.putNull("order");
        node.putArray("projections");
        node.put("repeat", config.repeat(runs, point));
    }

    private ResolvedRun resolved(GridPoint point) {
        try {
            return runs.resolve(point);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
