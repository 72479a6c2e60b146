package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over one axis, beside what theory says. */
public final class LinePlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 600;

    private static final List<Color> COLOURS =
            List.of(
                    new Color(0xD55E00),
                    new Color(0x0072B2),
                    new Color(0x009E73),
                    new Color(0xE69F00),
                    new Color(0xCC79A7),
                    new Color(0x56B4E9),
                    Color.BLACK, // so far distinct for the colour-blind (Okabe and Ito 2008)
                    new Color(0x8B4513),
                    new Color(0x777777));

    private static final List<Marker> MARKERS =
            List.of(
                    SeriesMarkers.CIRCLE,
                    SeriesMarkers.SQUARE,
                    SeriesMarkers.DIAMOND,
                    SeriesMarkers.TRIANGLE_UP,
                    SeriesMarkers.TRIANGLE_DOWN,
                    SeriesMarkers.CROSS);

    private final XYChart chart;
    private int drawn;

    public LinePlot(String title, String xAxis, String yAxis) {
        chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(xAxis)
                        .yAxisTitle(yAxis)
                        .build();
        Styler style = chart.getStyler();
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setPlotGridLinesColor(new Color(0xE4E4E4));
    }

    /** Makes the vertical axis logarithmic; values then have to be positive. */
    public LinePlot logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /** Fixes the range of the vertical axis. */
    public LinePlot between(double least, double most) {
        chart.getStyler().setYAxisMin(least);
        chart.getStyler().setYAxisMax(most);
        return this;
    }

    /** Adds a curve; points that are not finite are left out, and so is a curve without any. */
    public void add(String name, double[] x, double[] y) {
        int[] shown =
                IntStream.range(0, x.length)
                        .filter(k -> Double.isFinite(x[k]) && Double.isFinite(y[k]))
                        .toArray();
        if (shown.length == 0) {
            return;
        }
        XYSeries series =
                chart.addSeries(
                        name,
                        Arrays.stream(shown).mapToDouble(k -> x[k]).toArray(),
                        Arrays.stream(shown).mapToDouble(k -> y[k]).toArray());
        Color colour = COLOURS.get(drawn % COLOURS.size());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(MARKERS.get(drawn % MARKERS.size()));
        series.setLineStyle(new BasicStroke(Math.max(1.2f, 5f - 0.7f * drawn)));
        drawn++;
    }

    /**
     * Adds what theory says, dashed and without points.
     *
     * @param y over x, finite
     */
    public void law(String name, Color colour, double[] x, double[] y) {
        XYSeries line = chart.addSeries(name, x, y);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(colour);
        line.setLineStyle(SeriesLines.DASH_DASH);
    }

    /** Writes a PNG; returns false, and writes nothing, if no curve could be shown. */
    public boolean write(Path file) throws IOException {
        if (drawn == 0) {
            return false;
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        return true;
    }
}
