package org.relaxon.tools.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.relaxon.tools.output.CheckColumns;

/** The meaning of lines and columns on the page of a grid. */
final class GridWords {
    static final String LINES =
            "Lines on maps mark where theory no longer promises that a run settles. rho(|M|) is"
                    + " the spectral radius of the elementwise absolute value of the linearised update of"
                    + " all cells: below 1 the run settles under any delays. The loop gain is the factor"
                    + " by which the output's error returns after one pass through all layers, to first"
                    + " order: at 1 it no longer decays.";

    static final String NOT_YET =
            "Points that were not run yet have no prediction, and maps have no line of theory beside"
                    + " them; the whole sweep draws them.";

    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("counted", "counted: runs with a verdict on their settling.");
        COLUMNS.put(
                "settledFraction",
                "settled fraction: of the counted runs, with its 95 % interval.");
        COLUMNS.put(
                "meanStepRatio", "step ratio: step times mean delay, over its bound of stability.");
        COLUMNS.put(
                "meanThresholdShare",
                "threshold share: error by unsent changes over error by the strength; above 1 the"
                        + " threshold decides the error.");
        COLUMNS.put(
                "meanBackpropTestAccuracy",
                "mean backprop test accuracy: of the same networks trained by backprop.");
        COLUMNS.put(
                "meanBackpropTestR2",
                "mean backprop test R2: of the same networks trained by backprop.");
        COLUMNS.put(
                "medianCriticalPath",
                "critical path: %s; median over the runs that settled or trained."
                        .formatted(CheckColumns.CRITICAL_PATH));
    }

    private GridWords() {}

    /** Empty columns are not shown. */
    private static boolean isFilled(CsvTable table, String column) {
        return table.has(column)
                && table.first().stream().anyMatch(row -> !table.cell(row, column).isEmpty());
    }

    /** The columns of a summary that their names do not explain; empty if it has none of them. */
    static String columns(CsvTable summary) {
        String words =
                COLUMNS.entrySet().stream()
                        .filter(column -> isFilled(summary, column.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : "A row per point, over its seeds. " + words;
    }
}
