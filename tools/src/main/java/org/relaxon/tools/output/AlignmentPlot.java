package org.relaxon.tools.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.relaxon.experiments.training.Alignment;

/** Relative distance of local updates from backprop, minibatch by minibatch, on a log scale. */
public final class AlignmentPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    private final XYChart chart;

    /** An empty plot. */
    public AlignmentPlot(String title) {
        chart = Charts.empty(WIDTH, HEIGHT, title, "minibatch", "|g - R| / |R|");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setMarkerSize(4);
        chart.getStyler().setYAxisLogarithmic(true);
    }

    /** Adds one training; minibatches without a positive distance are not on this scale. */
    public void add(String name, List<Alignment> alignments) {
        List<Alignment> shown = alignments.stream().filter(a -> a.relativeError() > 0).toList();
        if (!shown.isEmpty()) {
            chart.addSeries(
                    name,
                    shown.stream().mapToDouble(Alignment::step).toArray(),
                    shown.stream().mapToDouble(Alignment::relativeError).toArray());
        }
    }

    /** Writes a PNG, unless there is nothing to draw. */
    public void write(Path file) throws IOException {
        if (!chart.getSeriesMap().isEmpty()) {
            Charts.write(chart, file);
        }
    }
}
