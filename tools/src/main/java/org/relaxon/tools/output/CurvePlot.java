package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.relaxon.experiments.training.Evaluation;

/** Wrong answers on the test set over epochs, one curve per learner. */
public final class CurvePlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    private final XYChart chart;

    /** An empty plot. */
    public CurvePlot(String title) {
        chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("epochs")
                        .yAxisTitle("wrong on the test set, %")
                        .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
    }

    /** Adds one learner's curve. */
    public void add(String name, List<Evaluation> curve) {
        chart.addSeries(
                name,
                curve.stream().mapToDouble(Evaluation::epochs).toArray(),
                curve.stream().mapToDouble(e -> 100 * (1 - e.testAccuracy())).toArray());
    }

    /** Writes a PNG. */
    public void write(Path file) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
