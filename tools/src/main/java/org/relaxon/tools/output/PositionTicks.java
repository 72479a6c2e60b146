package org.relaxon.tools.output;

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
        XYStyler style = chart.getStyler();
        double least = chart.getScreenYFromChart(style.getYAxisMin());
        double most = chart.getScreenYFromChart(style.getYAxisMax());
        double share = style.getPlotContentSize();
        return (int) Math.rint(least + (least - most) * (1.0 - share) / (2.0 * share));
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
