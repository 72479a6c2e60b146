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
 * Relative error over nudging strength, both logarithmic: measured points beside the predicted law.
 * Points of different series at one nudging strength usually coincide, so they are drawn side by
 * side.
 */
public final class ErrorPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;
    private static final double STEP = 1.09; // factor in beta between neighbouring series

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
                        WIDTH,
                        HEIGHT,
                        title,
                        "nudging strength beta (series side by side)",
                        "relative error |g - backprop| / |backprop|");
        XYStyler style = chart.getStyler();
        style.setXAxisLogarithmic(true);
        style.setYAxisLogarithmic(true);
        style.setMarkerSize(6);
        style.setXAxisDecimalPattern("0E0");
        style.setYAxisDecimalPattern("0E0");
        betas.forEach((order, at) -> law(chart, order, at));
        int k = 0;
        for (Map.Entry<String, List<Point>> one : series.entrySet()) {
            measured(chart, one.getKey(), one.getValue(), k++ - (series.size() - 1) / 2.0);
        }
        Charts.write(chart, file);
    }

    private static void measured(XYChart chart, String name, List<Point> points, double place) {
        double shift = StrictMath.pow(STEP, place);
        XYSeries drawn =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(p -> p.beta() * shift).toArray(),
                        points.stream().mapToDouble(Point::error).toArray());
        drawn.setLineStyle(SeriesLines.NONE);
    }

    /** error = beta^order, the scale that the theory predicts, over the range that was measured. */
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
