package org.relaxon.tools.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.relaxon.experiments.training.Alignment;

/** Distance of local updates from backprop, minibatch by minibatch, on a log scale. */
public final class AlignmentPlot {
    private final XYChart chart;
    private final ToDoubleFunction<Alignment> figure;

    private AlignmentPlot(String title, String axis, ToDoubleFunction<Alignment> figure) {
        this.figure = figure;
        chart = Charts.empty(title, "minibatch", axis);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setYAxisLogarithmic(true);
    }

    /**
     * {@return an empty plot of |g - R| / |R|, the relative error of updates}
     *
     * @param title of the plot
     */
    public static AlignmentPlot ofDistances(String title) {
        return new AlignmentPlot(
                title, "|update - backprop| / |backprop|", Alignment::relativeError);
    }

    /**
     * {@return an empty plot of 1 - cosine}
     *
     * @param title of the plot
     */
    public static AlignmentPlot ofAngles(String title) {
        return new AlignmentPlot(title, "1 - cosine", Alignment::oneMinusCosine);
    }

    /**
     * Adds one training; minibatches whose figure is not positive are left out, because the scale
     * is logarithmic.
     *
     * @param name for the legend
     * @param alignments of its minibatches, in order
     */
    public void add(String name, List<Alignment> alignments) {
        List<Alignment> shown =
                alignments.stream().filter(a -> figure.applyAsDouble(a) > 0).toList();
        if (!shown.isEmpty()) {
            chart.addSeries(
                    name,
                    shown.stream().mapToDouble(Alignment::step).toArray(),
                    shown.stream().mapToDouble(figure).toArray());
        }
    }

    /**
     * Writes a PNG, unless there is nothing to draw.
     *
     * @param file to be created or replaced
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        if (!chart.getSeriesMap().isEmpty()) {
            Charts.write(chart, file);
        }
    }
}
