package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as a page shows it. Its columns have names in words; one without a value is left out; the
 * bounds of an interval stand beside their value; cosines are shown by their distance from 1. Of a
 * wide table the columns that are the same in every row are named once, above it.
 *
 * @param constants the latter, such as "host virtual, verdict settled"; empty if there are none
 * @param header names of the remaining columns
 * @param rows their cells
 */
record TableView(String constants, List<String> header, List<List<String>> rows) {
    /** The most columns that fit a window of usual width. */
    private static final int WIDE = 8;

    /** Cosines between gradients are so near 1 that five digits do not distinguish them. */
    private static final Set<String> COSINES =
            Set.of("cosine", "cosineToBackprop", "cosineMedian", "cosineLeast");

    private static final String ONE_MINUS_COSINE = "oneMinusCosine";

    /** Names that words alone do not make readable. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry(ONE_MINUS_COSINE, "1 - cosine"),
                    Map.entry("cosine", "1 - cosine"),
                    Map.entry("cosineToBackprop", "1 - cosine to backprop"),
                    Map.entry("cosineMedian", "1 - cosine, median"),
                    Map.entry("cosineLeast", "1 - cosine, largest"),
                    Map.entry("angleDegrees", "angle, degrees"),
                    Map.entry("granularity", "cells"),
                    Map.entry("coarseBeta", "larger strength"),
                    Map.entry("fineBeta", "smaller strength"),
                    Map.entry("meanLog10Error", "log10 of error, mean"),
                    Map.entry("medianLog10Error", "log10 of error, median"),
                    Map.entry("quantile90Difference", "difference, 90 % quantile"),
                    Map.entry("medianDifference", "difference, median"),
                    Map.entry("mostDifference", "difference, largest"),
                    Map.entry("rmse", "RMS difference"));

    private static final Pattern CAMEL = Pattern.compile("[a-z]+([A-Z][a-zA-Z0-9]*)+");

    private record Column(String name, List<String> cells) {
        boolean isEmpty() {
            return cells.stream().allMatch(c -> c.isEmpty() || c.equals("-") || c.equals("NaN"));
        }

        boolean isConstant() {
            return cells.size() > 1 && cells.stream().distinct().count() == 1;
        }

        Column map(Function<String, String> shown) {
            return new Column(name, cells.stream().map(shown).toList());
        }
    }

    /**
     * Selects and names columns.
     *
     * @param header names as in a file
     * @param rows cells as in a file, as many as names
     */
    static TableView of(List<String> header, List<List<String>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int k = 0; k < header.size(); k++) {
            int at = k;
            columns.add(new Column(header.get(k), rows.stream().map(r -> r.get(at)).toList()));
        }
        List<Column> shown = new ArrayList<>();
        for (Column column : withIntervals(withoutRepeatedCosine(columns))) {
            if (rows.isEmpty() || !column.isEmpty()) {
                shown.add(column);
            }
        }
        List<Column> constant = new ArrayList<>();
        if (shown.size() > WIDE) {
            shown.stream().skip(1).filter(Column::isConstant).forEach(constant::add);
            shown.removeAll(constant);
        }
        return new TableView(
                constant.stream()
                        .map(c -> words(c.name()) + " " + c.cells().get(0))
                        .collect(Collectors.joining(", ")),
                shown.stream().map(c -> words(c.name())).toList(),
                IntStream.range(0, rows.size())
                        .mapToObj(r -> shown.stream().map(c -> c.cells().get(r)).toList())
                        .toList());
    }

    /** Whether a column is shown, or stands in the caption as the same in every row. */
    boolean has(String name) {
        return header.contains(name) || (", " + constants).contains(", " + name + " ");
    }

    /** A cosine is left out where its distance from 1 was recorded, which has more digits. */
    private static List<Column> withoutRepeatedCosine(List<Column> columns) {
        boolean both =
                columns.stream().anyMatch(c -> c.name().equals(ONE_MINUS_COSINE) && !c.isEmpty());
        List<Column> out = new ArrayList<>();
        for (Column column : columns) {
            if (!COSINES.contains(column.name())) {
                out.add(column.map(Shown::cell));
            } else if (!both) {
                out.add(column.map(Shown::oneMinus));
            }
        }
        return out;
    }

    /** Bounds stand directly behind their value: one column for the three. */
    private static List<Column> withIntervals(List<Column> columns) {
        List<Column> out = new ArrayList<>();
        for (int k = 0; k < columns.size(); k++) {
            if (k + 2 < columns.size()
                    && isBound(columns.get(k + 1), "low95")
                    && isBound(columns.get(k + 2), "high95")) {
                out.add(joined(columns.get(k), columns.get(k + 1), columns.get(k + 2)));
                k += 2;
            } else {
                out.add(columns.get(k));
            }
        }
        return out;
    }

    private static boolean isBound(Column column, String ending) {
        return column.name().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static Column joined(Column value, Column low, Column high) {
        List<String> cells = new ArrayList<>();
        for (int r = 0; r < value.cells().size(); r++) {
            String mean = Shown.brief(value.cells().get(r));
            String from = Shown.brief(low.cells().get(r));
            String bounds = "[%s, %s]".formatted(from, Shown.brief(high.cells().get(r)));
            boolean bounded = !mean.isEmpty() && !from.isEmpty();
            cells.add(bounded ? mean + " " + bounds : mean);
        }
        return new Column(words(value.name()) + " [95 % interval]", cells);
    }

    /** A name in camel case as words; any other name unchanged. */
    static String words(String name) {
        String known = NAMES.get(name);
        if (known != null || !CAMEL.matcher(name).matches()) {
            return known == null ? name : known;
        }
        return Arrays.stream(name.split("(?<=[a-z0-9])(?=[A-Z])"))
                .map(w -> w.matches("[A-Z][a-z]+[0-9]*") ? w.toLowerCase(Locale.ROOT) : w)
                .collect(Collectors.joining(" "));
    }
}
