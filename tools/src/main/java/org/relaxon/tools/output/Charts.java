package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.relaxon.experiments.storage.WholeFile;

/**
 * The common style of all plots over two axes. They are narrow, with large letters and the legend
 * below, so that they can be read on a page of 390 pixels.
 */
final class Charts {
    private static final int WIDTH = 550;
    private static final int PLOT_HEIGHT = 430;
    private static final int LINE_HEIGHT = 26;
    private static final int MARGIN = 10;
    private static final int SCALE = 2; // for sharp letters

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 16);

    private static final List<Marker> MARKERS =
            List.of(
                    SeriesMarkers.CIRCLE,
                    SeriesMarkers.SQUARE,
                    SeriesMarkers.DIAMOND,
                    SeriesMarkers.TRIANGLE_UP,
                    SeriesMarkers.TRIANGLE_DOWN,
                    SeriesMarkers.CROSS);

    private Charts() {}

    /** An empty chart on white, its legend below it. */
    static XYChart empty(String title, String xAxis, String yAxis) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(PLOT_HEIGHT)
                        .title(title)
                        .xAxisTitle(xAxis)
                        .yAxisTitle(yAxis)
                        .build();
        XYStyler style = chart.getStyler();
        style.setChartTitleVisible(false); // drawn above, in as many lines as needed
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Vertical);
        style.setLegendBorderColor(Color.WHITE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setLegendFont(TEXT);
        style.setAxisTitleFont(TEXT);
        style.setAxisTickLabelsFont(TEXT);
        style.setPlotGridLinesColor(new Color(0xE4E4E4));
        return chart;
    }

    /** Draws the k-th curve in a colour, with a marker of its own. */
    static void mark(XYSeries series, int k, Color colour, float width) {
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        Marker marker = MARKERS.get(k % MARKERS.size());
        boolean open = k / MARKERS.size() % 2 == 1; // without colours curves differ in shapes
        series.setMarker(open ? new OpenMarker(marker) : marker);
        series.setLineStyle(new BasicStroke(width));
    }

    /** Dashes the k-th curve, so that one below it that coincides is seen through the gaps. */
    static void gap(XYSeries series, float width) {
        series.setMarker(SeriesMarkers.CROSS);
        float[] dashes = {9f, 9f};
        series.setLineStyle(
                new BasicStroke(
                        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 10f, dashes, 0f));
    }

    /** Draws a curve of theory without points: dashed, or dotted beside a dashed one. */
    static void dash(XYSeries line, Color colour, boolean dashed) {
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(colour);
        line.setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.DOT_DOT);
    }

    /**
     * What is drawn beside the curves.
     *
     * @param positions ticks of the horizontal axis; without any it has its own
     * @param boundaries upright lines through the whole plot
     * @param sections names of what lies between these, above the plot; may be empty
     */
    record Marks(double[] positions, double[] boundaries, List<String> sections) {
        static final Marks NONE = new Marks(new double[0], new double[0], List.of());
    }

    /** Writes a complete PNG; does nothing where letters cannot be drawn. */
    static void write(XYChart chart, Path file) throws IOException {
        write(chart, Marks.NONE, file);
    }

    /** The same with marks beside the curves. */
    static void write(XYChart chart, Marks marks, Path file) throws IOException {
        if (Drawing.obstacle().isPresent()) {
            return;
        }
        scale(chart);
        if (marks.positions().length > 0) {
            PositionTicks.prepare(chart, marks.positions());
        }
        int height = PLOT_HEIGHT + LINE_HEIGHT * chart.getSeriesMap().size();
        BufferedImage ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D measure = ruler.createGraphics();
        List<String> title =
                Lines.of(
                        chart.getTitle(),
                        WIDTH - 2 * MARGIN,
                        measure.getFontMetrics(TITLE)::stringWidth);
        measure.dispose();
        int above = marks.sections().isEmpty() ? 0 : LINE_HEIGHT;
        int top = MARGIN + LINE_HEIGHT * title.size() + above;
        BufferedImage image =
                new BufferedImage(
                        SCALE * WIDTH, SCALE * (top + height), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.scale(SCALE, SCALE);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, top + height);
        pen.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.BLACK);
        pen.setFont(TITLE);
        for (int k = 0; k < title.size(); k++) {
            pen.drawString(title.get(k), MARGIN, LINE_HEIGHT * (k + 1));
        }
        pen.translate(0, top);
        chart.paint(pen, WIDTH, height);
        if (marks.positions().length > 0) {
            PositionTicks.draw(chart, marks.positions(), pen);
        }
        PositionTicks.boundaries(chart, marks.boundaries(), pen);
        PositionTicks.sections(chart, marks, pen);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        WholeFile.replace(file, png::writeTo);
    }

    /** Ranges and digits of both axes, from the added values. */
    static void scale(XYChart chart) {
        XYStyler style = chart.getStyler();
        AxisRange x = range(chart, XYSeries::getXData, null, style.isXAxisLogarithmic());
        style.setXAxisMin(x.least());
        style.setXAxisMax(x.most());
        style.setXAxisDecimalPattern(x.pattern());
        AxisRange y =
                range(
                        chart,
                        XYSeries::getYData,
                        XYSeries::getExtraValues,
                        style.isYAxisLogarithmic());
        if (style.getYAxisMin() == null) {
            style.setYAxisMin(y.least());
            style.setYAxisMax(y.most());
        } else { // a range that was stated holds at least
            for (XYSeries one : chart.getSeriesMap().values()) {
                for (double value : one.getYData()) {
                    if (!Double.isNaN(value)) {
                        style.setYAxisMin(Math.min(style.getYAxisMin(), value));
                        style.setYAxisMax(Math.max(style.getYAxisMax(), value));
                    }
                }
            }
        }
        style.setYAxisDecimalPattern(y.pattern());
    }

    private static AxisRange range(
            XYChart chart,
            Function<XYSeries, double[]> values,
            Function<XYSeries, double[]> bars,
            boolean logarithmic) {
        double[] all =
                chart.getSeriesMap().values().stream()
                        .flatMapToDouble(
                                s -> ends(values.apply(s), bars == null ? null : bars.apply(s)))
                        .filter(v -> !Double.isNaN(v)) // where a line breaks
                        .toArray();
        return logarithmic ? AxisRange.decades(all) : AxisRange.linear(all);
    }

    /** The values, and the ends of their bars if they have some. */
    private static DoubleStream ends(double[] values, double[] bars) {
        DoubleStream own = DoubleStream.of(values);
        if (bars == null) {
            return own;
        }
        DoubleStream.Builder out = DoubleStream.builder();
        for (int k = 0; k < values.length; k++) {
            out.add(values[k] - bars[k]).add(values[k] + bars[k]);
        }
        return DoubleStream.concat(own, out.build());
    }
}
