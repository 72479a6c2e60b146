package org.relaxon.tools.cli.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;

/** The runs and the points of a grid as tables. */
final class GridTable {
    private static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /** Figures of every training, before those of backprop. */
    private static final int FIGURES = 4;

    private final GridResult result;
    private final boolean training;
    private final boolean beside;

    GridTable(GridResult result) {
        this.result = result;
        training = result.kind().isOfTrainings();
        beside =
                result.runs().stream()
                        .anyMatch(r -> !Double.isNaN(r.row().training().backpropScore()));
    }

    /** Whether trainings by backprop stand beside those of the grid. */
    boolean isBesideBackprop() {
        return beside;
    }

    /** Names of the columns of {@link #rows}. */
    List<String> header() {
        List<String> out = new ArrayList<>(List.of("run"));
        result.grid().axes().stream().map(Axis::name).forEach(out::add);
        out.addAll(List.of("seed", "resolvedInit", "resolvedGain"));
        if (training) {
            out.addAll(List.of("verdict", "reason", "detail"));
            out.addAll(TrainingFigures.header().subList(0, FIGURES));
            out.addAll(beside ? List.of(named("backprop")) : List.of());
            out.addAll(List.of("messages", "relaxations", "criticalPath", "synapticOperations"));
        } else {
            out.add("resolvedStrength");
            out.addAll(SweepRow.settlingHeader());
        }
        out.add("repeat");
        return out;
    }

    /** One row per run, in grid order. */
    List<List<String>> rows() {
        return result.runs().stream().map(this::row).toList();
    }

    private List<String> row(GridRun run) {
        SweepRow made = run.row();
        List<String> out = new ArrayList<>(List.of(Integer.toString(made.index())));
        out.addAll(run.values());
        out.add(Long.toString(run.seed()));
        out.addAll(run.drawn());
        if (training) {
            out.addAll(List.of(made.verdict(), made.reason(), made.detail()));
            List<String> cells = made.training().cells();
            out.addAll(cells.subList(0, FIGURES));
            out.addAll(beside ? List.of(cells.get(FIGURES)) : List.of());
            RunCounts counts = made.counts();
            out.add(Long.toString(counts.messages()));
            out.add(Long.toString(counts.relaxations()));
            out.add(Long.toString(counts.criticalPath()));
            out.add(Long.toString(counts.synapticOperations()));
        } else {
            out.add(run.strength());
            out.addAll(made.cells().subList(0, SweepRow.settlingHeader().size()));
        }
        out.add(run.command());
        return out;
    }

    /** Names of the columns of {@link #summaryRows}. */
    List<String> summaryHeader() {
        List<String> out = new ArrayList<>(result.grid().axes().stream().map(Axis::name).toList());
        PointSummary none = new PointSummary(List.of(), List.of(), 0, NONE, NONE, Double.NaN);
        out.addAll(figures(none).keySet());
        return out;
    }

    /** One row per point, over its seeds. */
    List<List<String>> summaryRows() {
        return result.points().stream().map(this::summaryRow).toList();
    }

    private List<String> summaryRow(PointSummary point) {
        List<String> out = new ArrayList<>(point.values());
        for (Number figure : figures(point).values()) {
            boolean none = Double.isNaN(figure.doubleValue());
            out.add(none ? "" : figure.toString());
        }
        return out;
    }

    /** The figures of a point by name, in order; NaN for those that do not exist. */
    Map<String, Number> figures(PointSummary point) {
        Map<String, Number> out = new LinkedHashMap<>();
        out.put("runs", point.rows().size());
        if (training) {
            Interval mean = score(point);
            out.put("trained", point.settledCount());
            out.put(named("mean"), mean.value());
            out.put("low95", mean.low());
            out.put("high95", mean.high());
            if (beside) {
                Interval other = backpropScore(point);
                out.put(named("meanBackprop"), other.value());
                out.put("backpropLow95", other.low());
                out.put("backpropHigh95", other.high());
            }
            costs(out, point);
            return out;
        }
        out.put("counted", point.counted());
        out.put("settled", point.settledCount());
        out.put("settledFraction", point.settled().value());
        out.put("settledLow95", point.settled().low());
        out.put("settledHigh95", point.settled().high());
        out.put("meanLog10Error", point.logError().value());
        out.put("log10ErrorLow95", point.logError().low());
        out.put("log10ErrorHigh95", point.logError().high());
        out.put("medianLog10Error", point.medianLogError());
        out.put("meanContraction", point.prediction(Prediction::contraction));
        out.put("meanLoopGain", point.prediction(Prediction::loopGain));
        out.put("meanStepRatio", point.prediction(Prediction::stepRatio));
        out.put("meanThresholdShare", point.prediction(Prediction::thresholdShare));
        costs(out, point);
        return out;
    }

    private static void costs(Map<String, Number> out, PointSummary point) {
        out.put("medianRelaxations", point.cost(RunCounts::relaxations));
        out.put("medianCriticalPath", point.cost(RunCounts::criticalPath));
    }

    private String named(String beginning) {
        boolean r2 = result.kind() == GridResult.Kind.REGRESSIONS;
        return beginning + (r2 ? "TestR2" : "TestAccuracy");
    }

    /** The mean score of the trainings of a point, within 0 and 1 for an accuracy. */
    Interval score(PointSummary point) {
        return limited(point.score());
    }

    /** Likewise of backprop beside them. */
    Interval backpropScore(PointSummary point) {
        return limited(point.backpropScore());
    }

    private Interval limited(Interval mean) {
        return result.kind() == GridResult.Kind.REGRESSIONS
                ? mean
                : new Interval(mean.value(), Math.max(0.0, mean.low()), Math.min(1.0, mean.high()));
    }

    /** Run and wall-clock milliseconds. */
    List<List<String>> times() {
        return result.runs().stream()
                .map(GridRun::row)
                .map(r -> List.of(Integer.toString(r.index()), Long.toString(r.wallMillis())))
                .toList();
    }
}
