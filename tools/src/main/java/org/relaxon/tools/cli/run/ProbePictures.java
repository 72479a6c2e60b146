package org.relaxon.tools.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.LinePlot;

/**
 * What one probe has recorded in pictures: a picture for each quantity, with a curve for each of
 * the first neurons, or for each of the first cells; the title states how many are left out.
 * Without delay all relaxations are at one moment, and their rows in the table take the place of
 * time. A curve is in pieces: one for each phase, and beside the zeros that a logarithmic axis has
 * no place for.
 */
record ProbePictures(ProbeSeries series) {
    private static final int CURVES_MAX = 8;
    private static final double MODERATE_LEAST = 1e-2;
    private static final double MODERATE_MOST = 1e5;

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
        int exponent = residual ? 0 : exponent(quantity);
        String label = quantity.optionName() + (exponent == 0 ? "" : ", in 1e" + exponent);
        LinePlot plot = new LinePlot(title(quantity), axis(), label);
        if (residual) {
            plot.logarithmic();
        }
        plot.boundaries(series.boundaries());
        plot.sections(series.sections());
        if (quantity.isPerNeuron()) {
            neurons(plot, quantity, exponent);
        } else {
            cells(plot, quantity, exponent);
        }
        plot.write(file);
    }

    /** States what a picture leaves out: all but the first curves, and zeros. */
    String title(Quantity quantity) {
        long all = quantity.isPerNeuron() ? series.neurons().length : series.cellsSeen();
        String left =
                ": the first %d of %d %s"
                        .formatted(CURVES_MAX, all, quantity.isPerNeuron() ? "neurons" : "cells");
        long steps = series.stepsSeen();
        return "%s of %s, first column, at each relaxation%s%s%s%s"
                .formatted(
                        quantity.optionName(),
                        series.probe().target(),
                        steps == 0
                                ? ""
                                : " of %s of the training".formatted(Figures.count(steps, "step")),
                        all <= CURVES_MAX ? "" : left,
                        quantity == Quantity.RESIDUAL ? zeros() : "",
                        series.boundaries().length == 0
                                ? ""
                                : "; upright lines: ends of "
                                        + (series.hasPhases() ? "phases" : "steps"));
    }

    /** The number of points that a logarithmic axis has no place for; empty without any. */
    private String zeros() {
        long zeros = 0;
        long all = 0;
        for (int k = 0; k < Math.min(series.neurons().length, CURVES_MAX); k++) {
            double[] curve = series.curve(Quantity.RESIDUAL, k);
            zeros += Arrays.stream(curve).filter(v -> v == 0.0).count();
            all += Arrays.stream(curve).filter(Double::isFinite).count();
        }
        return zeros == 0 ? "" : "; %d of %d are 0 and not drawn".formatted(zeros, all);
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

    /**
     * The power of 10 that is the unit of an axis; 0 for moderate values. Ticks of an axis as small
     * as a nudged energy would look alike as decimals, and none would be drawn.
     */
    int exponent(Quantity quantity) {
        int curves = quantity.isPerNeuron() ? Math.min(series.neurons().length, CURVES_MAX) : 1;
        double most =
                IntStream.range(0, curves)
                        .mapToObj(k -> series.curve(quantity, k))
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0.0);
        boolean moderate = most == 0.0 || most >= MODERATE_LEAST && most < MODERATE_MOST;
        return moderate ? 0 : (int) Math.floor(StrictMath.log10(most));
    }

    private static double[] in(int exponent, double[] values) {
        return Arrays.stream(values).map(v -> v / Double.parseDouble("1e" + exponent)).toArray();
    }

    private void neurons(LinePlot plot, Quantity quantity, int exponent) {
        int[] neurons = series.neurons();
        double[] moments = series.moments();
        for (int k = 0; k < Math.min(neurons.length, CURVES_MAX); k++) {
            double[] curve = in(exponent, series.curve(quantity, k));
            int[] pieces = series.phases();
            if (quantity == Quantity.RESIDUAL) {
                breakAtZeros(curve, pieces);
            }
            plot.add("neuron " + neurons[k], moments, curve, pieces);
        }
    }

    /** Takes zeros out of a curve; a line does not pass over one. */
    static void breakAtZeros(double[] curve, int[] pieces) {
        int zeros = 0;
        for (int f = 0; f < curve.length; f++) {
            if (curve[f] <= 0.0) {
                curve[f] = Double.NaN;
                zeros++;
            }
            pieces[f] += zeros;
        }
    }

    private void cells(LinePlot plot, Quantity quantity, int exponent) {
        double[] moments = series.moments();
        double[] all = in(exponent, series.curve(quantity, 0));
        int[] pieces = series.phases();
        series.frames().stream()
                .map(Frame::cell)
                .distinct()
                .sorted(Comparator.comparingInt(CellId::index))
                .limit(CURVES_MAX)
                .forEach(cell -> plot.add("cell " + cell.name(), moments, of(cell, all), pieces));
    }

    private double[] of(CellId cell, double[] all) {
        return IntStream.range(0, all.length)
                .mapToDouble(f -> series.frames().get(f).cell().equals(cell) ? all[f] : Double.NaN)
                .toArray();
    }
}
