package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** The outcome of a grid of settlings: the share that settled, and their errors. */
final class SweepReport extends GridReport {
    private final SweepRun runs;
    private final SweepConfig config;
    private final String network;

    SweepReport(
            SweepRun runs,
            String network,
            SweepConfig config,
            Map<Integer, SweepRow> rows,
            List<List<String>> mapAxes) {
        super(config, runs.grid(), rows, mapAxes);
        this.runs = runs;
        this.config = config;
        this.network = network;
    }

    @Override
    Map<String, HeatMap> pictures() {
        Map<String, HeatMap> out = new LinkedHashMap<>();
        for (SweepMap map : maps()) {
            String name = "map-" + map.x().name() + "-" + map.y().name();
            out.put(name + "-settled", HeatMap.settled(map));
            out.put(name + "-error", HeatMap.error(map));
        }
        return out;
    }

    @Override
    List<String> columns() {
        List<String> out =
                new ArrayList<>(List.of("resolvedInit", "resolvedGain", "resolvedStrength"));
        out.addAll(SweepRow.settlingHeader());
        return out;
    }

    @Override
    List<String> cells(SweepRow row, GridPoint point) {
        List<String> out = new ArrayList<>(weights(point));
        ResolvedRun run = resolved(point);
        boolean has = run != null && run.method().algorithm().strength() != Strength.NONE;
        out.add(has ? Figures.number(run.method().strength()) : "");
        out.addAll(row.cells().subList(0, SweepRow.settlingHeader().size()));
        return out;
    }

    @Override
    String repeat(GridPoint point) {
        return config.repeat(runs, point);
    }

    @Override
    List<String> weights(GridPoint point) {
        ResolvedRun run = resolved(point);
        if (run == null) {
            return List.of("", "");
        }
        String file = run.problem().weights();
        return file.isEmpty()
                ? List.of(run.problem().scheme().optionName(), Figures.number(run.problem().gain()))
                : List.of(file, "");
    }

    @Override
    List<String> summaryColumns() {
        return List.of(
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
                "meanThresholdShare");
    }

    @Override
    List<String> summaryCells(PointSummary s) {
        List<String> out = new ArrayList<>();
        out.add(Integer.toString(s.rows().size()));
        out.add(Integer.toString(s.counted()));
        out.add(Integer.toString(s.settledCount()));
        out.addAll(
                numbers(
                        s.settled().value(),
                        s.settled().low(),
                        s.settled().high(),
                        s.logError().value(),
                        s.logError().low(),
                        s.logError().high(),
                        s.medianLogError(),
                        s.prediction(Prediction::contraction),
                        s.prediction(Prediction::loopGain),
                        s.prediction(Prediction::stepRatio),
                        s.prediction(Prediction::thresholdShare)));
        return out;
    }

    @Override
    String figures(PointSummary s) {
        Interval share = s.settled();
        return String.format(
                Locale.ROOT,
                "%3d/%-3d [%.2f, %.2f]  %s",
                s.settledCount(),
                s.counted(),
                share.low(),
                share.high(),
                s.logError().text("%.2f"));
    }

    @Override
    List<String> nouns() {
        return List.of("runs", "settled");
    }

    @Override
    String legend() {
        return "settled with its 95 % interval; log10 of the relative error likewise";
    }

    @Override
    List<String> findings() {
        return maps().stream()
                .flatMap(
                        map ->
                                map.findings().stream()
                                        .map(
                                                f ->
                                                        "Map %s x %s, %s."
                                                                .formatted(
                                                                        map.x().name(),
                                                                        map.y().name(),
                                                                        f)))
                .toList();
    }

    @Override
    List<SweepRow> failed() {
        return worst().stream().filter(r -> !r.settled()).toList();
    }

    @Override
    String failedHeading() {
        return "Runs that did not settle, with the command that repeats each";
    }

    /** Failed first, then refused, not settled, and by falling error; a NaN counts as large. */
    private List<SweepRow> worst() {
        Comparator<SweepRow> order =
                Comparator.comparingInt(SweepReport::rank)
                        .thenComparing(
                                Comparator.comparingDouble(SweepRow::relativeError).reversed());
        return made().stream().sorted(order).toList();
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
    ObjectNode json() {
        ObjectNode node = request();
        node.put("network", network);
        fillWorst(node);
        fillCounts(node, "runsSettled");
        ArrayNode findings = node.putArray("findings");
        maps().forEach(m -> m.findings().forEach(findings::add));
        fillPoints(node);
        return node;
    }

    private void fillWorst(ObjectNode node) {
        SweepRow worst = worst().stream().findFirst().orElse(null);
        GridPoint point = grid().point(worst == null ? 0 : worst.index());
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
        node.put("messages", made().stream().mapToLong(r -> r.counts().messages()).sum());
        node.put(
                "synapticOperations",
                made().stream().mapToLong(r -> r.counts().synapticOperations()).sum());
        node.put("wallSeconds", made().stream().mapToLong(SweepRow::wallMillis).sum() / 1e3);
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
