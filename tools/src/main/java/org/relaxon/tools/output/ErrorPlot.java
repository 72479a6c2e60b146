package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Relative error over nudging strength, both logarithmic: measured points and the predicted law.
 * Points of different series at one nudging strength usually coincide, so they are drawn side by
 * side.
 */
public final class ErrorPlot {
    private static final double STEP_MAX = 1.09; // factor in beta between neighbouring series
    private static final double SPREAD_MAX = 4.0; // the same between the first and the last

    /** One measured point. */
    private record Point(double beta, double error) {}

    private final Map<String, List<Point>> series = new TreeMap<>();
    private final TreeMap<Integer, TreeSet<Double>> betas = new TreeMap<>();

    /**
     * Adds a point; one that is not finite and positive cannot be shown and is left out.
     *
     * @param name of the series
     * @param order the power of beta with which the error of this series should fall
     * @param beta nudging strength, greater than 0
     * @param error relative error
     */
    public void add(String name, int order, double beta, double error) {
        if (error > 0 && Double.isFinite(error)) {
            series.computeIfAbsent(name, k -> new ArrayList<>()).add(new Point(beta, error));
            betas.computeIfAbsent(order, k -> new TreeSet<>()).add(beta);
        }
    }

    /**
     * Writes a PNG; does nothing without points.
     *
     * @param file to be created or replaced
     * @param title of the plot
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, String title) throws IOException {
        if (series.isEmpty()) {
            return;
        }
        XYChart chart =
                Charts.empty(
                        title,
                        "nudging strength beta (series side by side)",
                        "relative error |g - reference| / |reference|");
        XYStyler style = chart.getStyler();
        style.setXAxisLogarithmic(true);
        style.setYAxisLogarithmic(true);
        style.setMarkerSize(6);
        betas.forEach((order, at) -> law(chart, order, at));
        double step = step(series.size());
        int k = 0;
        for (Map.Entry<String, List<Point>> one : series.entrySet()) {
            double place = k++ - (series.size() - 1) / 2.0;
            measured(chart, one.getKey(), one.getValue(), StrictMath.pow(step, place));
        }
        Charts.write(chart, file);
    }

    /** The factor in beta between neighbours, for the given number of series. */
    static double step(int series) {
        return Math.min(STEP_MAX, StrictMath.pow(SPREAD_MAX, 1.0 / Math.max(1, series - 1)));
    }

    private static void measured(XYChart chart, String name, List<Point> points, double shift) {
        XYSeries drawn =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(p -> p.beta() * shift).toArray(),
                        points.stream().mapToDouble(Point::error).toArray());
        drawn.setLineStyle(SeriesLines.NONE);
    }

    /** error = beta^order, the scale predicted by theory, over the measured range. */
    private static void law(XYChart chart, int order, SortedSet<Double> at) {
        XYSeries line =
                chart.addSeries(
                        order == 1 ? "error = beta" : "error = beta^" + order,
                        at.stream().mapToDouble(Double::doubleValue).toArray(),
                        at.stream().mapToDouble(b -> StrictMath.pow(b, order)).toArray());
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(order == 1 ? Color.GRAY : Color.LIGHT_GRAY);
    }
}
