package org.relaxon.tools.output;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Relative error over nudging strength, both logarithmic: measured points and the predicted law.
 */
public final class ErrorPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    /** One measured point. */
    private record Point(double beta, double error) {}

    private final Map<String, List<Point>> series = new LinkedHashMap<>();
    private final int order;

    /**
     * @param order the power of beta with which the error should fall
     */
    public ErrorPlot(int order) {
        this.order = order;
    }

    /** Adds a point; one that is not finite and positive cannot be shown and is left out. */
    public void add(String name, double beta, double error) {
        if (error > 0 && Double.isFinite(error)) {
            series.computeIfAbsent(name, k -> new ArrayList<>()).add(new Point(beta, error));
        }
    }

    /** Writes a PNG; does nothing without points. */
    public void write(Path file, String title) throws IOException {
        if (series.isEmpty()) {
            return;
        }
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("nudging strength beta")
                        .yAxisTitle("relative error of the local updates against backprop")
                        .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
        chart.getStyler().setXAxisDecimalPattern("0E0");
        chart.getStyler().setYAxisDecimalPattern("0E0");
        law(chart);
        series.forEach((name, points) -> measured(chart, name, points));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }

    private void measured(XYChart chart, String name, List<Point> points) {
        XYSeries drawn =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(Point::beta).toArray(),
                        points.stream().mapToDouble(Point::error).toArray());
        drawn.setLineStyle(SeriesLines.NONE);
    }

    /** error = beta^order, the scale that the theory predicts, over the range that was measured. */
    private void law(XYChart chart) {
        TreeMap<Double, Double> law = new TreeMap<>();
        series.values()
                .forEach(
                        points ->
                                points.forEach(
                                        p -> law.put(p.beta(), StrictMath.pow(p.beta(), order))));
        XYSeries line =
                chart.addSeries(
                        order == 1 ? "error = beta" : "error = beta^" + order,
                        new ArrayList<>(law.keySet()),
                        new ArrayList<>(law.values()));
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(java.awt.Color.GRAY);
    }
}
