package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.relaxon.tools.output.ErrorPlot;
import org.relaxon.tools.report.CurvePlot.Kind;
import org.relaxon.tools.report.CurvePlot.Point;

/** The measured and predicted errors of a check, over the strength or case by case. */
final class CheckFigures {
    private static final int ROWS_MAX = 12;
    private static final double LEAST_LENGTH = 3.0; // ratio of the strengths at the ends of a law
    private static final List<String> HEADER =
            List.of(
                    "algorithm",
                    "variant",
                    "estimator",
                    "beta",
                    "host",
                    "granularity",
                    "delay",
                    "relativeError",
                    "predictedError",
                    "verdict");

    private final List<JsonNode> cases = new ArrayList<>();
    private final boolean whole; // whether series differ in host and granularity

    private CheckFigures(JsonNode result) {
        result.path("cases").forEach(cases::add);
        whole = cases.stream().map(c -> name(c, true)).distinct().count() <= ErrorPlot.NESTED_MAX;
    }

    /**
     * {@return the errors over the strength; if every series has a single strength, a row per
     * series}
     *
     * @param result of a check
     */
    static Optional<Figure> of(JsonNode result) {
        CheckFigures figures = new CheckFigures(result);
        boolean any = figures.cases.stream().anyMatch(c -> c.path("relativeError").asDouble() > 0);
        return any ? Optional.of(figures.figure()) : Optional.empty();
    }

    private Figure figure() {
        boolean several =
                cases.stream()
                        .collect(
                                Collectors.groupingBy(
                                        c -> name(c, whole),
                                        Collectors.mapping(
                                                c -> c.path("beta").asDouble(),
                                                Collectors.toSet())))
                        .values()
                        .stream()
                        .anyMatch(betas -> betas.size() > 1);
        return several
                ? figure(
                        overStrengths(),
                        "relative error of local updates over the nudging strength",
                        "Relative error of local updates against their reference over the strength:"
                                + " markers are measured, crosses are predicted, and dashed lines have the"
                                + " order that is claimed.")
                : figure(
                        byCase(),
                        "relative error of local updates, by case",
                        "Relative error of local updates against their reference, a marker per delay:"
                                + " circles are measured, crosses are predicted.");
    }

    private Figure figure(Figure.Drawing drawing, String title, String caption) {
        List<List<String>> rows = new ArrayList<>();
        cases.forEach(c -> rows.add(HEADER.stream().map(n -> c.path(n).asText("")).toList()));
        return new Figure("error", title, caption, drawing, HEADER, rows);
    }

    /** The series of a case. */
    private static String name(JsonNode one, boolean whole) {
        String method =
                "%s, %s%s"
                        .formatted(
                                one.path("estimator").asText(),
                                one.path("algorithm").asText(),
                                one.path("variant").asText().isEmpty()
                                        ? ""
                                        : " " + one.path("variant").asText());
        return whole
                ? "%s, %s, %s cells"
                        .formatted(
                                method, one.path("host").asText(), one.path("granularity").asText())
                : method;
    }

    private CurvePlot overStrengths() {
        String strength =
                cases.stream().allMatch(c -> c.path("algorithm").asText().equals("chl"))
                        ? "feedback gain gamma"
                        : "nudging strength beta";
        CurvePlot plot = new CurvePlot(strength, "relative error", true, true);
        Map<String, List<Point>> series = new TreeMap<>();
        List<Point> predicted = new ArrayList<>();
        for (JsonNode c : cases) {
            double beta = c.path("beta").asDouble(Double.NaN);
            series.computeIfAbsent(name(c, whole), k -> new ArrayList<>())
                    .add(new Point(beta, c.path("relativeError").asDouble(Double.NaN), words(c)));
            Point theory = new Point(beta, c.path("predictedError").asDouble(Double.NaN), words(c));
            if (predicted.stream().noneMatch(p -> same(p, theory))) {
                predicted.add(theory);
            }
        }
        laws(plot);
        series.forEach((name, points) -> plot.add(name, Kind.POINTS, points));
        plot.add(RowPlot.PREDICTED, Kind.PREDICTED, predicted);
        return plot;
    }

    private static boolean same(Point a, Point b) {
        return a.x() == b.x() && a.y() == b.y();
    }

    /** A line of every claimed order; the steep end is cut where it lies far below every point. */
    private void laws(CurvePlot plot) {
        Set<Integer> orders = new TreeSet<>();
        TreeSet<Double> betas = new TreeSet<>();
        double least = Double.POSITIVE_INFINITY;
        for (JsonNode c : cases) {
            double error = c.path("relativeError").asDouble();
            if (error > 0 && c.path("beta").asDouble() > 0) {
                least = Math.min(least, error);
                betas.add(c.path("beta").asDouble());
                orders.add(c.path("declaredOrder").asInt());
            }
        }
        orders.remove(0);
        for (int order : orders) {
            double to = betas.last();
            double below = Math.pow(least / 10.0, 1.0 / order);
            double from = Math.max(betas.first(), Math.min(below, to / LEAST_LENGTH));
            plot.add(
                    "error = strength" + (order == 1 ? "" : "^" + order),
                    Kind.LAW,
                    List.of(
                            new Point(from, Math.pow(from, order), ""),
                            new Point(to, Math.pow(to, order), "")));
        }
    }

    private RowPlot byCase() {
        List<String> quantities = List.of("measured", RowPlot.PREDICTED);
        boolean apart = cases.stream().map(c -> name(c, true)).distinct().count() <= ROWS_MAX;
        RowPlot plot = new RowPlot("relative error", true, quantities);
        for (JsonNode c : cases) {
            String row = name(c, apart) + strength(c);
            plot.add(row, 0, c.path("relativeError").asDouble(Double.NaN), words(c));
            plot.add(row, 1, c.path("predictedError").asDouble(Double.NaN), words(c));
        }
        return plot;
    }

    private String strength(JsonNode one) {
        boolean same = cases.stream().map(c -> c.path("beta")).distinct().count() == 1;
        return same ? "" : ", strength " + Shown.value(one.path("beta"));
    }

    /** What appears beside a point. */
    private static String words(JsonNode one) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String name : List.of("algorithm", "estimator", "host", "granularity", "delay")) {
            parts.put(name, one.path(name).asText());
        }
        return "%s: strength %s, measured %s, predicted %s"
                .formatted(
                        String.join(", ", parts.values()),
                        Shown.value(one.path("beta")),
                        Shown.value(one.path("relativeError")),
                        Shown.value(one.path("predictedError")));
    }
}
