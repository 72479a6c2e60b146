package org.relaxon.tools.output;

import java.awt.BasicStroke;
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

/**
 * Relative error over nudging strength, both logarithmic: measured points and the predicted laws.
 * Series usually coincide: each has hollow markers of its own size, which enclose one another.
 */
public final class ErrorPlot {
    /** The most series whose markers all differ in size. */
    public static final int NESTED_MAX = 6;

    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x0072B2),
                    new Color(0xD55E00),
                    new Color(0x009E73),
                    new Color(0xCC79A7),
                    Color.BLACK,
                    new Color(0x56B4E9),
                    new Color(0xE69F00)); // distinct for the colour-blind (Okabe and Ito 2008)

    private static final List<BasicStroke> DASHES =
            List.of(dashes(9, 6), dashes(2, 5), dashes(12, 5, 2, 5));
    private static final Color GUIDE = new Color(0x606060);

    private static final double HALF_DECADE = StrictMath.sqrt(10.0);
    private static final double LEAST_LENGTH = 3.0; // ratio of the betas at the ends of a guide

    private static BasicStroke dashes(float... lengths) {
        return new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, lengths, 0f);
    }

    /** One measured point. */
    private record Point(double beta, double error) {}

    private final Map<String, List<Point>> series = new TreeMap<>();
    private final SortedSet<Integer> orders = new TreeSet<>();
    private final SortedSet<Double> betas = new TreeSet<>();
    private final String strength;
    private double least = Double.POSITIVE_INFINITY;

    /**
     * Makes an empty plot.
     *
     * @param strength what the algorithms call their strength: beta, gamma, or strength
     */
    public ErrorPlot(String strength) {
        this.strength = strength;
    }

    /**
     * Adds a point; one that is not finite and positive cannot be shown and is left out.
     *
     * @param name of the series
     * @param order the power of beta with which the error of this series should fall; 0 if it does
     *     not depend on beta
     * @param beta nudging strength, greater than 0
     * @param error relative error
     */
    public void add(String name, int order, double beta, double error) {
        if (error > 0 && Double.isFinite(error)) {
            series.computeIfAbsent(name, k -> new ArrayList<>()).add(new Point(beta, error));
            betas.add(beta);
            least = Math.min(least, error);
            if (order > 0) {
                orders.add(order);
            }
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
        if (!series.isEmpty()) {
            Charts.write(chart(title), file);
        }
    }

    /** The plot of at least one point. */
    XYChart chart(String title) {
        XYChart chart =
                Charts.empty(
                        title,
                        strength.equals("beta") ? "nudging strength beta" : strength,
                        "relative error |g - reference| / |reference|");
        XYStyler style = chart.getStyler();
        style.setXAxisLogarithmic(true);
        style.setYAxisLogarithmic(true);
        style.setMarkerSize(HollowMarker.SMALLEST);
        int laws = 0;
        for (int order : orders) {
            law(chart, order, DASHES.get(laws++ % DASHES.size()));
        }
        int k = 0;
        for (Map.Entry<String, List<Point>> one : series.entrySet()) {
            measured(chart, one.getKey(), one.getValue(), k++);
        }
        return chart;
    }

    private static void measured(XYChart chart, String name, List<Point> points, int k) {
        XYSeries drawn =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(Point::beta).toArray(),
                        points.stream().mapToDouble(Point::error).toArray());
        drawn.setLineStyle(SeriesLines.NONE);
        drawn.setMarker(new HollowMarker(k % NESTED_MAX));
        drawn.setMarkerColor(COLOURS.get(k % COLOURS.size()));
    }

    /**
     * error = beta^order over all strengths, and half a decade around a single one. The steep end
     * is cut where it lies far below every point.
     */
    private void law(XYChart chart, int order, BasicStroke dash) {
        boolean one = betas.size() == 1;
        double to = one ? betas.last() * HALF_DECADE : betas.last();
        double lowest = one ? betas.first() / HALF_DECADE : betas.first();
        double below = StrictMath.pow(least / 10.0, 1.0 / order);
        double from = Math.max(lowest, Math.min(below, to / LEAST_LENGTH));
        XYSeries line =
                chart.addSeries(
                        "error = " + strength + (order == 1 ? "" : "^" + order),
                        new double[] {from, to},
                        new double[] {StrictMath.pow(from, order), StrictMath.pow(to, order)});
        Charts.dash(line, GUIDE, true);
        line.setLineStyle(dash);
    }
}
