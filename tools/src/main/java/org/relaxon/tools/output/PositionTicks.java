package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/**
 * Ticks of a logarithmic horizontal axis at given positions, such as depths of networks. The
 * library has them at powers of ten alone, of which a narrow range contains none.
 */
final class PositionTicks {
    private static final double MARGIN = 1.06; // ratio beside the first and the last position
    private static final int LENGTH = 5;
    private static final int GAP = 6;
    private static final Color BOUNDARY = new Color(0x999999);
    private static final BasicStroke DASHES =
            new BasicStroke(
                    1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {4, 4}, 0f);

    private PositionTicks() {}

    /** The range of the axis; the library's own ticks keep the space below the axis, invisibly. */
    static void prepare(XYChart chart, double[] positions) {
        XYStyler style = chart.getStyler();
        style.setXAxisMin(Arrays.stream(positions).min().orElseThrow() / MARGIN);
        style.setXAxisMax(Arrays.stream(positions).max().orElseThrow() * MARGIN);
        style.setXAxisTickLabelsColor(style.getChartBackgroundColor());
        style.setXAxisTickMarksColor(style.getChartBackgroundColor());
        style.setPlotGridVerticalLinesVisible(false);
    }

    /** The lower edge of the frame, which lies below the least value by a share of the height. */
    private static int frame(XYChart chart) {
        return edge(chart, chart.getStyler().getYAxisMin(), chart.getStyler().getYAxisMax());
    }

    /** The edge beyond one end of the vertical axis. */
    private static int edge(XYChart chart, double end, double other) {
        double here = chart.getScreenYFromChart(end);
        double there = chart.getScreenYFromChart(other);
        double share = chart.getStyler().getPlotContentSize();
        return (int) Math.rint(here + (here - there) * (1.0 - share) / (2.0 * share));
    }

    /** Draws upright dashed lines through the frame, onto a chart just painted. */
    static void boundaries(XYChart chart, double[] at, Graphics2D pen) {
        XYStyler style = chart.getStyler();
        pen.setColor(BOUNDARY);
        pen.setStroke(DASHES);
        int top = at.length == 0 ? 0 : edge(chart, style.getYAxisMax(), style.getYAxisMin());
        for (double position : at) {
            int x = (int) Math.rint(chart.getScreenXFromChart(position));
            pen.drawLine(x, frame(chart), x, top);
        }
    }

    /** Names the sections between boundaries above the frame, each from its left end on. */
    static void sections(XYChart chart, Charts.Marks marks, Graphics2D pen) {
        XYStyler style = chart.getStyler();
        if (marks.sections().isEmpty()) {
            return;
        }
        pen.setFont(style.getAxisTickLabelsFont());
        pen.setColor(Color.BLACK);
        FontMetrics metrics = pen.getFontMetrics();
        int base = edge(chart, style.getYAxisMax(), style.getYAxisMin()) - GAP;
        int free = Integer.MIN_VALUE;
        for (int k = 0; k < marks.sections().size(); k++) {
            double begin = k == 0 ? style.getXAxisMin() : marks.boundaries()[k - 1];
            String name = marks.sections().get(k);
            int width = metrics.stringWidth(name) + GAP;
            int left = (int) Math.rint(chart.getScreenXFromChart(begin));
            left = Math.min(left, chart.getWidth() - width);
            if (!name.isEmpty() && left >= free) {
                pen.drawString(name, left, base);
                free = left + width;
            }
        }
    }

    /** Draws them, without the labels for which there is no place, onto a chart just painted. */
    static void draw(XYChart chart, double[] positions, Graphics2D pen) {
        XYStyler style = chart.getStyler();
        pen.setFont(style.getAxisTickLabelsFont());
        pen.setColor(Color.BLACK);
        FontMetrics metrics = pen.getFontMetrics();
        int bottom = frame(chart);
        int free = Integer.MIN_VALUE;
        for (double position : Arrays.stream(positions).sorted().distinct().toArray()) {
            int x = (int) Math.rint(chart.getScreenXFromChart(position));
            pen.drawLine(x, bottom, x, bottom + LENGTH);
            String label =
                    position == Math.rint(position) ? "%.0f".formatted(position) : "" + position;
            int left = x - metrics.stringWidth(label) / 2;
            if (left >= free) {
                pen.drawString(label, left, bottom + LENGTH + metrics.getAscent());
                free = left + metrics.stringWidth(label) + GAP;
            }
        }
    }
}
