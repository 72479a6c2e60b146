package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two axes of a grid as a map: in every cell all rows with these two values, other axes and seeds
 * pooled. Fields are indexed (x, y) in the order of the axes' values; NaN where there is no value.
 */
public final class SweepMap {
    /** Share of runs that must settle for a cell to count as settling. */
    private static final double HALF = 0.5;

    private final Axis x;
    private final Axis y;
    private final double[][] medianLogError;
    private final double[][] settled;
    private final PointSummary[][] cells;
    private final Map<Integer, Map<String, Integer>> reasons = new TreeMap<>(); // by x + columns y
    private final Map<TheoryQuantity, double[][]> theory = new EnumMap<>(TheoryQuantity.class);

    private SweepMap(Axis x, Axis y) {
        this.x = x;
        this.y = y;
        medianLogError = empty();
        settled = empty();
        cells = new PointSummary[x.values().size()][y.values().size()];
        for (TheoryQuantity quantity : TheoryQuantity.values()) {
            theory.put(quantity, empty());
        }
    }

    /**
     * Maps the rows of a sweep onto two of its axes.
     *
     * @param grid whose points the rows belong to
     * @param rows in any order
     * @param xName name of one axis of the grid
     * @param yName name of another
     * @return the map
     * @throws IllegalArgumentException if the grid has no such axes, or both are the same
     */
    public static SweepMap of(Grid grid, Iterable<SweepRow> rows, String xName, String yName) {
        int ix = grid.axis(xName);
        int iy = grid.axis(yName);
        if (ix < 0 || iy < 0 || ix == iy) {
            throw new IllegalArgumentException(
                    "map: %s,%s are not two axes of the grid, which has %s"
                            .formatted(
                                    xName,
                                    yName,
                                    String.join(
                                            ", ", grid.axes().stream().map(Axis::name).toList())));
        }
        SweepMap map = new SweepMap(grid.axes().get(ix), grid.axes().get(iy));
        for (PointSummary summary : PointSummary.of(grid, rows, List.of(ix, iy))) {
            int cx = map.x.values().indexOf(summary.values().get(0));
            int cy = map.y.values().indexOf(summary.values().get(1));
            map.medianLogError[cx][cy] = summary.medianLogError();
            map.settled[cx][cy] = summary.settled().value();
            map.cells[cx][cy] = summary;
            map.reasons.put(cx + map.columns() * cy, reasons(summary));
            map.theory.forEach((quantity, field) -> field[cx][cy] = quantity.of(summary));
        }
        return map;
    }

    /** Number of rows by reason. */
    private static Map<String, Integer> reasons(PointSummary summary) {
        Map<String, Integer> out = new TreeMap<>();
        summary.rows().stream()
                .filter(r -> r.counted() && !r.settled())
                .forEach(r -> out.merge(r.reason(), 1, Integer::sum));
        return out;
    }

    private double[][] empty() {
        double[][] out = new double[x.values().size()][y.values().size()];
        for (double[] column : out) {
            Arrays.fill(column, Double.NaN);
        }
        return out;
    }

    /** {@return the horizontal axis} */
    public Axis x() {
        return x;
    }

    /** {@return the vertical axis} */
    public Axis y() {
        return y;
    }

    /**
     * {@return the median of log10 of the relative error over settled rows, by (x, y); NaN where
     * none settled}
     */
    public double[][] medianLogError() {
        return medianLogError;
    }

    /** {@return the share of rows that settled, by (x, y); NaN where none was counted} */
    public double[][] settled() {
        return settled;
    }

    /**
     * {@return the mean score of the trainings of each cell, by (x, y); NaN where none was
     * completed}
     */
    public double[][] score() {
        double[][] out = empty();
        for (int cx = 0; cx < out.length; cx++) {
            for (int cy = 0; cy < out[cx].length; cy++) {
                if (cells[cx][cy] != null) {
                    out[cx][cy] = cells[cx][cy].score().value();
                }
            }
        }
        return out;
    }

    /**
     * {@return the summary of all rows of one cell; null where there is none}
     *
     * @param atX position on the horizontal axis, from 0
     * @param atY position on the vertical axis, from 0
     */
    public PointSummary cell(int atX, int atY) {
        return cells[atX][atY];
    }

    /**
     * {@return the mean of a quantity of theory, by (x, y); NaN where it is not known}
     *
     * @param quantity of theory
     */
    public double[][] theory(TheoryQuantity quantity) {
        return theory.get(quantity);
    }

    /**
     * {@return the lines at which quantities reach their bound} Only lines that cross the map are
     * included; none runs from one category to another.
     */
    public Map<TheoryQuantity, List<ContourLine.Piece>> lines() {
        Map<TheoryQuantity, List<ContourLine.Piece>> out = new EnumMap<>(TheoryQuantity.class);
        theory.forEach(
                (quantity, field) -> {
                    List<ContourLine.Piece> pieces =
                            ContourLine.of(field, isQuantity(x), isQuantity(y));
                    if (!pieces.isEmpty()) {
                        out.put(quantity, pieces);
                    }
                });
        return out;
    }

    /**
     * {@return sentences that state on which side of each line runs settle, and where the measured
     * boundary (half of the runs settle) is more than one cell away from it}
     */
    public List<String> findings() {
        List<String> out = new ArrayList<>();
        for (TheoryQuantity quantity : TheoryQuantity.values()) {
            double[][] field = theory.get(quantity);
            if (quantity.boundsSettling() && known(field) > 0) {
                out.add(sentence(quantity, field));
            }
        }
        return out;
    }

    private String sentence(TheoryQuantity quantity, double[][] field) {
        int below = 0;
        List<String> lost = new ArrayList<>();
        List<String> far = new ArrayList<>();
        Map<String, Integer> why = new TreeMap<>();
        for (int cx = 0; cx < field.length; cx++) {
            for (int cy = 0; cy < field[cx].length; cy++) {
                if (Double.isNaN(field[cx][cy]) || Double.isNaN(settled[cx][cy])) {
                    continue;
                }
                boolean expected = field[cx][cy] < 1.0;
                boolean did = settled[cx][cy] >= HALF;
                boolean away = did != expected && isAwayFromLine(field, cx, cy);
                below += expected ? 1 : 0;
                if (expected && !did) {
                    lost.add(place(cx, cy) + (away ? ", more than one cell from the line" : ""));
                    reasons.get(cx + columns() * cy)
                            .forEach((r, n) -> why.merge(r, n, Integer::sum));
                } else if (away) {
                    far.add(place(cx, cy));
                }
            }
        }
        StringBuilder out = new StringBuilder(quantity.label());
        out.append(": %d of %d points lie below it".formatted(below, known(field)));
        out.append(", %d of these do not settle".formatted(lost.size()));
        if (!lost.isEmpty()) {
            out.append(" (first %s; reasons %s)".formatted(lost.get(0), why));
        }
        if (!far.isEmpty()) {
            String cells = far.size() == 1 ? "cell settles" : "cells settle";
            out.append("; %d %s more than one cell beyond it".formatted(far.size(), cells));
            out.append(" (first %s)".formatted(far.get(0)));
        }
        return out.toString();
    }

    private int columns() {
        return x.values().size();
    }

    private static int known(double[][] field) {
        int count = 0;
        for (double[] column : field) {
            for (double value : column) {
                count += Double.isNaN(value) ? 0 : 1;
            }
        }
        return count;
    }

    private static boolean isQuantity(Axis axis) {
        return AxisKind.named(axis.name()).isQuantity();
    }

    /** True if all cells around, itself included, lie on one side of the line. */
    private boolean isAwayFromLine(double[][] field, int cx, int cy) {
        boolean side = field[cx][cy] < 1.0;
        int nearX = isQuantity(x) ? 1 : 0; // categories have no neighbours
        int nearY = isQuantity(y) ? 1 : 0;
        for (int a = Math.max(0, cx - nearX); a <= Math.min(field.length - 1, cx + nearX); a++) {
            int last = Math.min(field[a].length - 1, cy + nearY);
            for (int b = Math.max(0, cy - nearY); b <= last; b++) {
                if (!Double.isNaN(field[a][b]) && field[a][b] < 1.0 != side) {
                    return false;
                }
            }
        }
        return true;
    }

    private String place(int cx, int cy) {
        return "%s %s, %s %s".formatted(x.name(), x.values().get(cx), y.name(), y.values().get(cy));
    }
}
