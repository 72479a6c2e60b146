package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.relaxon.experiments.paper.PaperCurve;

/**
 * Curves over the nudging strength, both axes logarithmic, with error bars of one standard error. A
 * point that is not finite and positive cannot be shown and is left out; the table contains it.
 */
public final class BetaPlot {
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x0072B2),
                    new Color(0xD55E00),
                    new Color(0xE69F00),
                    new Color(0xCC79A7),
                    new Color(0x56B4E9),
                    new Color(0x009E73)); // distinct for the colour-blind (Okabe and Ito 2008)

    private final XYChart chart;
    private int drawn;

    /**
     * Creates an empty plot with logarithmic axes.
     *
     * @param title of the plot
     * @param yAxis label of the vertical axis
     */
    public BetaPlot(String title, String yAxis) {
        chart = Charts.empty(title, "nudging strength beta", yAxis);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setMarkerSize(6);
    }

    /**
     * Adds a curve; does nothing if none of its points can be shown.
     *
     * @param curve a figure over beta
     */
    public void add(PaperCurve curve) {
        List<PaperCurve.Point> points =
                curve.points().stream()
                        .filter(p -> p.mean() > 0 && Double.isFinite(p.mean()))
                        .toList();
        if (points.isEmpty()) {
            return;
        }
        XYSeries series =
                chart.addSeries(
                        curve.variant(),
                        points.stream().mapToDouble(PaperCurve.Point::beta).toArray(),
                        points.stream().mapToDouble(PaperCurve.Point::mean).toArray(),
                        points.stream().mapToDouble(BetaPlot::bar).toArray());
        Color colour = COLOURS.get(drawn % COLOURS.size());
        Charts.mark(
                series, drawn, colour, Math.max(1f, 5f - drawn)); // coinciding ones stay visible
        drawn++;
    }

    /** A bar that reached zero would have no end on a logarithmic axis. */
    private static double bar(PaperCurve.Point p) {
        return p.standardError() < p.mean() ? p.standardError() : 0.0;
    }

    /**
     * Adds the line y = scale beta^power between two betas, in grey.
     *
     * @param name for the legend
     * @param scale factor of the power
     * @param power of beta
     * @param from beta at one end, greater than 0
     * @param to beta at the other end, greater than 0
     */
    public void law(String name, double scale, int power, double from, double to) {
        XYSeries line =
                chart.addSeries(
                        name,
                        new double[] {from, to},
                        new double[] {
                            scale * StrictMath.pow(from, power), scale * StrictMath.pow(to, power)
                        });
        Charts.dash(line, Color.GRAY, true);
    }

    /**
     * Writes a PNG, unless no curve could be shown.
     *
     * @param file to be created or replaced
     * @return false if nothing was written
     * @throws IOException if the file cannot be written
     */
    public boolean write(Path file) throws IOException {
        if (drawn == 0) {
            return false;
        }
        Charts.write(chart, file);
        return true;
    }
}
