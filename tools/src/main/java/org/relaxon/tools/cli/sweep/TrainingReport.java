package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;
import org.relaxon.tools.output.HeatMap;

/** The outcome of a grid of trainings: their test accuracies, or R2 for tasks without accuracy. */
final class TrainingReport extends GridReport {
    private final TrainingRuns runs;
    private final String score;

    TrainingReport(TrainingRuns runs, Map<Integer, SweepRow> rows, List<List<String>> mapAxes) {
        super(runs.config(), runs.grid(), rows, mapAxes);
        this.runs = runs;
        boolean classes = made().stream().anyMatch(r -> !Double.isNaN(r.training().testAccuracy()));
        boolean none = made().stream().allMatch(r -> Double.isNaN(r.training().score()));
        score = classes || none ? "test accuracy" : "test R2";
    }

    @Override
    Map<String, HeatMap> pictures() {
        Map<String, HeatMap> out = new LinkedHashMap<>();
        for (SweepMap map : maps()) {
            String name = "map-" + map.x().name() + "-" + map.y().name();
            out.put(
                    name + "-" + score.replace("test ", "").toLowerCase(Locale.ROOT),
                    HeatMap.score(map, score));
        }
        return out;
    }

    @Override
    List<String> columns() {
        List<String> out =
                new ArrayList<>(
                        List.of("resolvedInit", "resolvedGain", "verdict", "reason", "detail"));
        out.addAll(TrainingFigures.header());
        out.addAll(List.of("messages", "synapticOperations"));
        return out;
    }

    @Override
    List<String> cells(SweepRow row, GridPoint point) {
        List<String> out = new ArrayList<>(weights(point));
        out.addAll(List.of(row.verdict(), row.reason(), row.detail()));
        out.addAll(row.training().cells());
        out.add(Long.toString(row.counts().messages()));
        out.add(Long.toString(row.counts().synapticOperations()));
        return out;
    }

    @Override
    String repeat(GridPoint point) {
        return runs.repeat(point);
    }

    @Override
    List<String> weights(GridPoint point) {
        return runs.weights(point);
    }

    @Override
    List<String> summaryColumns() {
        String name = score.equals("test R2") ? "TestR2" : "TestAccuracy";
        return List.of("runs", "trained", "mean" + name, "low95", "high95");
    }

    @Override
    List<String> summaryCells(PointSummary s) {
        Interval mean = mean(s);
        List<String> out = new ArrayList<>();
        out.add(Integer.toString(s.rows().size()));
        out.add(Integer.toString(s.settledCount()));
        out.addAll(numbers(mean.value(), mean.low(), mean.high()));
        return out;
    }

    /** The mean, within 0 and 1 for an accuracy. */
    private Interval mean(PointSummary s) {
        Interval mean = s.score();
        return score.equals("test R2")
                ? mean
                : new Interval(mean.value(), Math.max(0.0, mean.low()), Math.min(1.0, mean.high()));
    }

    @Override
    String figures(PointSummary s) {
        return "%3d/%-3d  %s".formatted(s.settledCount(), s.rows().size(), mean(s).text("%.4f"));
    }

    @Override
    List<String> nouns() {
        return List.of("trainings", "completed");
    }

    @Override
    String legend() {
        return "trained of all; mean %s of those, with its 95 %% interval over seeds"
                .formatted(score);
    }

    @Override
    String failedHeading() {
        return "Trainings that were not completed, with the command of each";
    }

    @Override
    ObjectNode json() {
        ObjectNode node = request();
        long trained = good();
        node.put(
                "verdict",
                trained == made().size()
                        ? "trained"
                        : trained > 0 ? "partly-trained" : "not-settled");
        fillCounts(node, "runsTrained");
        node.put("score", score);
        fillPoints(node);
        return node;
    }
}
