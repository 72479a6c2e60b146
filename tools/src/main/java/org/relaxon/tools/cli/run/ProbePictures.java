package org.relaxon.tools.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.tools.output.LinePlot;

/**
 * What one probe has recorded in pictures: a picture for each quantity, with a curve for each of
 * the first neurons, or for each of the first cells; the title states how many are left out.
 * Without delay all relaxations are at one moment, and their rows in the table take the place of
 * time.
 */
record ProbePictures(ProbeSeries series) {
    private static final int CURVES_MAX = 8;

    /** Writes one picture for each quantity of which there is something to show. */
    void write(Path directory) throws IOException {
        if (series.frames().isEmpty()) {
            return;
        }
        for (Quantity quantity : series.probe().quantities()) {
            draw(
                    quantity,
                    directory.resolve(
                            "probe-%d-%s.png".formatted(series.number(), quantity.optionName())));
        }
    }

    private void draw(Quantity quantity, Path file) throws IOException {
        boolean residual = quantity == Quantity.RESIDUAL;
        LinePlot plot = new LinePlot(title(quantity), axis(), quantity.optionName());
        if (residual) {
            plot.logarithmic();
        }
        if (quantity.isPerNeuron()) {
            neurons(plot, quantity, residual);
        } else {
            cells(plot, quantity);
        }
        plot.write(file);
    }

    /** States that a picture shows the first curves only. */
    String title(Quantity quantity) {
        long all = quantity.isPerNeuron() ? series.neurons().length : series.cellsSeen();
        String left =
                ": the first %d of %d %s"
                        .formatted(CURVES_MAX, all, quantity.isPerNeuron() ? "neurons" : "cells");
        long steps = series.stepsSeen();
        return "%s of %s, first column, at each relaxation%s%s"
                .formatted(
                        quantity.optionName(),
                        series.probe().target(),
                        steps == 0 ? "" : " of %d steps of the training".formatted(steps),
                        all <= CURVES_MAX ? "" : left);
    }

    /** The unit of time, or what takes its place. */
    String axis() {
        if (!series.hasTime()) {
            return "row of the table";
        }
        Frame first = series.frames().get(0);
        return first.unit() == Frame.Unit.SWEEPS
                ? "sweeps"
                : ProbeSeries.unit(first).replace("ns", "ms");
    }

    private void neurons(LinePlot plot, Quantity quantity, boolean positive) {
        int[] neurons = series.neurons();
        double[] moments = series.moments();
        for (int k = 0; k < Math.min(neurons.length, CURVES_MAX); k++) {
            double[] curve = series.curve(quantity, k);
            plot.add("neuron " + neurons[k], moments, positive ? positive(curve) : curve);
        }
    }

    /** A logarithmic axis has no place for 0. */
    private static double[] positive(double[] values) {
        return Arrays.stream(values).map(v -> v > 0 ? v : Double.NaN).toArray();
    }

    private void cells(LinePlot plot, Quantity quantity) {
        double[] moments = series.moments();
        double[] all = series.curve(quantity, 0);
        series.frames().stream()
                .map(Frame::cell)
                .distinct()
                .sorted(Comparator.comparingInt(CellId::index))
                .limit(CURVES_MAX)
                .forEach(cell -> plot.add("cell " + cell.name(), moments, of(cell, all)));
    }

    private double[] of(CellId cell, double[] all) {
        return IntStream.range(0, all.length)
                .mapToDouble(f -> series.frames().get(f).cell().equals(cell) ? all[f] : Double.NaN)
                .toArray();
    }
}
