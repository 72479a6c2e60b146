package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A summary of the rows of one place of a grid, over seeds, or over seeds and other axes.
 *
 * @param values of the axes that were kept
 * @param rows all of them
 * @param counted number of these with a verdict on their settling
 * @param settled share of the counted ones
 * @param logError mean of log10 of the relative error over the settled ones
 * @param medianLogError median of the same
 */
public record PointSummary(
        List<String> values,
        List<SweepRow> rows,
        int counted,
        Interval settled,
        Interval logError,
        double medianLogError) {

    static PointSummary of(List<String> values, List<SweepRow> rows) {
        List<SweepRow> counted = rows.stream().filter(SweepRow::counted).toList();
        List<SweepRow> good = rows.stream().filter(SweepRow::settled).toList();
        double[] errors = good.stream().mapToDouble(SweepRow::logError).toArray();
        return new PointSummary(
                values,
                rows,
                counted.size(),
                Interval.share(good.size(), counted.size()),
                Interval.mean(errors),
                Interval.median(errors));
    }

    /**
     * {@return one summary per combination of the kept axes that has rows, in grid order}
     *
     * @param grid whose points the rows belong to
     * @param rows in any order
     * @param keep positions of axes
     */
    public static List<PointSummary> of(Grid grid, Iterable<SweepRow> rows, List<Integer> keep) {
        Map<List<String>, List<SweepRow>> groups = new LinkedHashMap<>();
        for (GridPoint point : grid.all()) {
            groups.computeIfAbsent(kept(point, keep), key -> new ArrayList<>());
        }
        for (SweepRow row : rows) {
            groups.get(kept(grid.point(row.index()), keep)).add(row);
        }
        return groups.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> of(e.getKey(), e.getValue()))
                .toList();
    }

    private static List<String> kept(GridPoint point, List<Integer> keep) {
        return keep.stream().map(point.values()::get).toList();
    }

    /** {@return the number of settled rows} */
    public int settledCount() {
        return (int) rows.stream().filter(SweepRow::settled).count();
    }

    /**
     * {@return the median of a cost over the settled rows; NaN without any}
     *
     * @param cost taken from the counts of a row
     */
    public double cost(ToLongFunction<RunCounts> cost) {
        return Interval.median(
                rows.stream()
                        .filter(SweepRow::settled)
                        .mapToDouble(r -> cost.applyAsLong(r.counts()))
                        .toArray());
    }

    /** {@return the mean score of the completed trainings, with its 95 % interval} */
    public Interval score() {
        return mean(TrainingFigures::score);
    }

    /** {@return the mean score of backprop beside the completed trainings, likewise} */
    public Interval backpropScore() {
        return mean(TrainingFigures::backpropScore);
    }

    private Interval mean(ToDoubleFunction<TrainingFigures> figure) {
        return Interval.mean(
                rows.stream()
                        .filter(SweepRow::settled)
                        .mapToDouble(r -> figure.applyAsDouble(r.training()))
                        .filter(s -> !Double.isNaN(s))
                        .toArray());
    }

    /**
     * {@return the mean of a quantity of theory over the rows for which it is finite; NaN if there
     * are none}
     *
     * @param quantity taken from the prediction of a row
     */
    public double prediction(ToDoubleFunction<Prediction> quantity) {
        return rows.stream()
                .mapToDouble(r -> quantity.applyAsDouble(r.prediction()))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
