package org.relaxon.tools.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.relaxon.experiments.training.Evaluation;

/** Wrong answers on the test set over epochs, one curve per learner. */
public final class CurvePlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    private final XYChart chart;

    /** An empty plot. */
    public CurvePlot(String title) {
        chart = Charts.empty(WIDTH, HEIGHT, title, "epochs", "wrong on the test set, %");
        chart.getStyler().setMarkerSize(6);
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
        Charts.write(chart, file);
    }
}
