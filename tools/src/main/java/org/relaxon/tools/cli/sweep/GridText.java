package org.relaxon.tools.cli.sweep;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.CheckColumns;

/** A grid as text: counts, a line per point, findings, and commands that repeat the worst runs. */
final class GridText {
    private static final int LINES_MAX = 60;
    private static final int FAILED_MAX = 5;

    private final GridResult result;
    private final boolean training;
    private final GridTable table;
    private final UnaryOperator<String> place;

    private GridText(GridResult result, UnaryOperator<String> place) {
        this.result = result;
        this.place = place;
        training = result.kind().isOfTrainings();
        table = new GridTable(result);
    }

    /**
     * The whole text.
     *
     * @param place turns a recorded command into that of the place where the text is read
     */
    static String of(GridResult result, UnaryOperator<String> place) {
        return new GridText(result, place).text();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append(counts());
        Timing timing = result.request().timing();
        if (!timing.isEmpty()) {
            out.append("timing: %s%n%n".formatted(NetworkTiming.text(timing)));
        }
        if (!result.noEnergy().isEmpty()) {
            out.append("no energy: %s; no gradient is claimed".formatted(result.noEnergy()));
            out.append(
                    training
                            ? "%n%n".formatted()
                            : ", and errors are distances from backprop%n%n".formatted());
        }
        out.append(weightsOfAlgorithms());
        result.points().stream().limit(LINES_MAX).forEach(s -> out.append(line(s)));
        if (result.points().size() > LINES_MAX) {
            out.append(
                    "... %d points more, in summary.csv%n"
                            .formatted(result.points().size() - LINES_MAX));
        }
        long lacking = result.lackingFaults();
        if (lacking > 0) {
            out.append(
                    "%nIn %d of %d runs a requested fault never happened, as the detail of their rows states.%n"
                            .formatted(lacking, result.runs().size()));
        }
        for (SweepMap map : training ? List.<SweepMap>of() : result.maps()) {
            map.findings()
                    .forEach(
                            f ->
                                    out.append(
                                            "%nMap %s x %s, %s.%n"
                                                    .formatted(map.x().name(), map.y().name(), f)));
        }
        List<GridRun> failed = result.failed();
        if (!failed.isEmpty()) {
            out.append(
                    training
                            ? "%nTrainings that were not completed, with the command of each:%n"
                                    .formatted()
                            : "%nRuns that did not settle, with the command that repeats each:%n"
                                    .formatted());
            failed.stream().limit(FAILED_MAX).forEach(r -> out.append(failure(r)));
        }
        if (failed.size() > FAILED_MAX) {
            out.append("  ... and %d more%n".formatted(failed.size() - FAILED_MAX));
        }
        return out.toString();
    }

    private String counts() {
        int made = result.runs().size();
        String legend =
                training
                        ? "trained of all; mean %s of those%s, with its 95 %% interval over seeds"
                                .formatted(
                                        result.kind().score(),
                                        table.isBesideBackprop() ? ", then that of backprop" : "")
                        : "settled with its 95 % interval; log10 of the relative error likewise";
        return "%s of %d: %d %s, %d not, %d refused%n%s%npath: critical path, %s; median%n%n"
                .formatted(
                        Figures.count(made, training ? "training" : "run"),
                        result.grid().size(),
                        result.good(),
                        training ? "completed" : "settled",
                        made - result.good() - result.refused(),
                        result.refused(),
                        legend,
                        CheckColumns.CRITICAL_PATH);
    }

    /** Along an axis of algorithms: the weights with which they were compared. */
    private String weightsOfAlgorithms() {
        if (result.grid().axis("algorithm") < 0) {
            return "";
        }
        List<String> drawn = result.weights();
        return "weights: %s%n%n"
                .formatted(
                        drawn.size() == 1
                                ? drawn.get(0) + " for all algorithms"
                                : String.join("; ", drawn) + ", as results.csv states per row");
    }

    private String line(PointSummary point) {
        StringBuilder at = new StringBuilder();
        for (int a = 0; a < point.values().size(); a++) {
            at.append(
                    "%s %s  ".formatted(result.grid().axes().get(a).name(), point.values().get(a)));
        }
        return "%-44s %s%n".formatted(at.toString().trim(), figures(point));
    }

    private String figures(PointSummary point) {
        double path = point.cost(RunCounts::criticalPath);
        String longest = Double.isNaN(path) ? "" : String.format(Locale.ROOT, "  path %.0f", path);
        if (training) {
            return "%3d/%-3d  %s%s%s"
                    .formatted(
                            point.settledCount(),
                            point.rows().size(),
                            table.score(point).text("%.4f"),
                            table.isBesideBackprop()
                                    ? "  backprop " + table.backpropScore(point).text("%.4f")
                                    : "",
                            longest);
        }
        if (point.counted() == 0) {
            return "refused"; // a share of nothing has no interval
        }
        Interval share = point.settled();
        return String.format(
                Locale.ROOT,
                "%3d/%-3d [%.2f, %.2f]  %s%s",
                point.settledCount(),
                point.counted(),
                share.low(),
                share.high(),
                point.logError().text("%.2f"),
                longest);
    }

    private String failure(GridRun run) {
        SweepRow row = run.row();
        String why = row.reason().isEmpty() ? row.detail() : row.reason() + ", " + row.detail();
        return "  %s: %s%n    %s%n".formatted(row.verdict(), why, place.apply(run.command()));
    }
}
