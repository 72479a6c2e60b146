package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** Curves over one axis, compared with theory. */
public final class LinePlot {
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
                    new Color(0x777777),
                    new Color(0x5E3C99),
                    new Color(0x808000));

    private static final float BESIDE_WIDTH = 2.5f;

    private final XYChart chart;
    private double[] positions = {};
    private double[] boundaries = {};
    private List<String> sections = List.of();
    private int drawn;
    private int laws;

    /**
     * Creates an empty plot with linear axes.
     *
     * @param title of the plot
     * @param xAxis label of the horizontal axis
     * @param yAxis label of the vertical axis
     */
    public LinePlot(String title, String xAxis, String yAxis) {
        chart = Charts.empty(title, xAxis, yAxis);
        chart.getStyler().setMarkerSize(7);
    }

    /**
     * Makes the vertical axis logarithmic; all values must then be positive.
     *
     * @return this plot
     */
    public LinePlot logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /**
     * Makes both axes logarithmic; all positions and values must then be positive.
     *
     * @param at positions of the ticks of the horizontal axis, which spans them; at least one
     * @return this plot
     */
    public LinePlot doublyLogarithmic(double... at) {
        positions = at.clone();
        chart.getStyler().setXAxisLogarithmic(true);
        return logarithmic();
    }

    /**
     * States the range that the vertical axis spans at least; values beyond extend it, so that none
     * is cut off.
     *
     * @param least value at the bottom
     * @param most value at the top
     * @return this plot
     */
    public LinePlot between(double least, double most) {
        chart.getStyler().setYAxisMin(least);
        chart.getStyler().setYAxisMax(most);
        return this;
    }

    /**
     * Adds a curve; points that are not finite are left out, and so is a curve without any.
     *
     * @param name for the legend
     * @param x horizontal positions
     * @param y values at these positions, as many
     */
    public void add(String name, double[] x, double[] y) {
        add(name, x, y, new int[x.length]);
    }

    /**
     * Adds a curve in pieces: no line joins points of different pieces. Points that are not finite
     * are left out, and so is a curve without any.
     *
     * @param name for the legend
     * @param x horizontal positions
     * @param y values at these positions, as many
     * @param piece number of the piece of each point, as many, ascending
     */
    public void add(String name, double[] x, double[] y, int[] piece) {
        int[] shown =
                IntStream.range(0, x.length)
                        .filter(k -> Double.isFinite(x[k]) && Double.isFinite(y[k]))
                        .toArray();
        if (shown.length == 0) {
            return;
        }
        DoubleStream.Builder across = DoubleStream.builder();
        DoubleStream.Builder up = DoubleStream.builder();
        for (int s = 0; s < shown.length; s++) {
            int k = shown[s];
            if (s > 0 && piece[k] != piece[shown[s - 1]]) {
                across.add(x[k]);
                up.add(Double.NaN); // where the library breaks a line
            }
            across.add(x[k]);
            up.add(y[k]);
        }
        XYSeries series = chart.addSeries(name, across.build().toArray(), up.build().toArray());
        Color colour = COLOURS.get(drawn % COLOURS.size());
        Charts.mark(series, drawn, colour, Math.max(1.2f, 5f - 0.7f * drawn));
        drawn++;
    }

    /**
     * Adds a curve that may coincide with an earlier one: dashed, so that both are seen.
     *
     * @param name for the legend
     * @param x horizontal positions
     * @param y values at these positions, as many
     */
    public void addBeside(String name, double[] x, double[] y) {
        int before = drawn;
        add(name, x, y);
        if (drawn > before) {
            Charts.gap(chart.getSeriesMap().get(name), BESIDE_WIDTH);
        }
    }

    /**
     * Draws upright lines, such as where one phase ends and the next begins.
     *
     * @param at their horizontal positions
     */
    public void boundaries(double... at) {
        boundaries = at.clone();
    }

    /**
     * Names what lies between the boundaries, above the plot; names for which there is no place are
     * left out.
     *
     * @param names of the sections from the left, one more than boundaries; empty for none
     */
    public void sections(List<String> names) {
        sections = List.copyOf(names);
    }

    /**
     * Adds a curve of theory without points, dashed and dotted in turn.
     *
     * @param name for the legend
     * @param colour of the curve
     * @param x horizontal positions
     * @param y over x, finite
     */
    public void law(String name, Color colour, double[] x, double[] y) {
        Charts.dash(chart.addSeries(name, x, y), colour, laws++ % 2 == 0);
    }

    /** The curves, before they are scaled and drawn. */
    XYChart chart() {
        return chart;
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
        Charts.write(chart, new Charts.Marks(positions, boundaries, sections), file);
        return true;
    }
}
