package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.relaxon.experiments.storage.WholeFile;

/** What all plots over two axes have in common. */
final class Charts {
    private static final List<Marker> MARKERS =
            List.of(
                    SeriesMarkers.CIRCLE,
                    SeriesMarkers.SQUARE,
                    SeriesMarkers.DIAMOND,
                    SeriesMarkers.TRIANGLE_UP,
                    SeriesMarkers.TRIANGLE_DOWN,
                    SeriesMarkers.CROSS);

    private Charts() {}

    /** An empty chart on white, its legend beside it. */
    static XYChart empty(int width, int height, String title, String xAxis, String yAxis) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .title(title)
                        .xAxisTitle(xAxis)
                        .yAxisTitle(yAxis)
                        .build();
        Styler style = chart.getStyler();
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    /** Draws the k-th curve in a colour, with a marker of its own. */
    static void mark(XYSeries series, int k, Color colour, float width) {
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(MARKERS.get(k % MARKERS.size()));
        series.setLineStyle(new BasicStroke(width));
    }

    /** Draws what theory says: dashed, without points. */
    static void dash(XYSeries line, Color colour) {
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(colour);
        line.setLineStyle(SeriesLines.DASH_DASH);
    }

    /** Writes a PNG, whole. */
    static void write(XYChart chart, Path file) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(chart, png, BitmapFormat.PNG);
        WholeFile.replace(file, png::writeTo);
    }
}
