package org.relaxon.model.settle;

import java.util.ArrayList;
import java.util.List;

/**
 * How well the local update of every projection is known, relative to its own size, from one sweep
 * of an audit: predictions recomputed from the input upwards with the errors that cells hold, then
 * errors from the output downwards. The difference between the update of the swept state and the
 * update that the cells hold is what they kept to themselves and what they did not hear, to first
 * order in the gain of the loop of predictions and errors.
 */
public final class Resolution {
    /** For settlings that are not swept: forms that hold no errors. */
    public static final Resolution NOT_SWEPT = new Resolution(new double[0][], new double[0][]);

    private final double[][] withheld;
    private final double[][] rounding;
    private final double tolerance;

    /**
     * @param withheld relative error of every projection and column; infinite where the update
     *     vanishes and should not
     * @param rounding relative error that the rounding of the output's error leaves, likewise
     */
    public Resolution(double[][] withheld, double[][] rounding) {
        this(withheld, rounding, Double.NaN);
    }

    private Resolution(double[][] withheld, double[][] rounding, double tolerance) {
        this.withheld = withheld;
        this.rounding = rounding;
        this.tolerance = tolerance;
    }

    /** The same figures, judged by the relative error that was asked for. */
    public Resolution within(double asked) {
        return new Resolution(withheld, rounding, asked);
    }

    /** Relative error of every projection's update that was asked for; NaN if none was. */
    public double tolerance() {
        return tolerance;
    }

    /** True if there are figures. */
    public boolean isSwept() {
        return withheld.length > 0;
    }

    /** Number of projections with figures. */
    public int projections() {
        return withheld.length;
    }

    /** Relative error of a projection's update in one column. */
    public double withheld(int projection, int column) {
        return withheld[projection][column];
    }

    /** Largest relative error of a projection's update in any column. */
    public double withheld(int projection) {
        double worst = 0.0;
        for (double one : withheld[projection]) {
            worst = Math.max(worst, one);
        }
        return worst;
    }

    /** Projections whose update is not known well enough in one column, but could be. */
    public List<Integer> unresolved(int column) {
        List<Integer> out = new ArrayList<>();
        for (int p = 0; p < withheld.length; p++) {
            if (!(withheld[p][column] <= tolerance) && !isRounding(p, column)) {
                out.add(p);
            }
        }
        return out;
    }

    /**
     * Projections whose update rounding keeps from being known well enough in every column that
     * adds to it: one that adds exactly nothing has no rounding.
     */
    public List<Integer> rounded() {
        List<Integer> out = new ArrayList<>();
        for (int p = 0; p < withheld.length; p++) {
            boolean all = true;
            boolean any = false;
            for (int c = 0; c < withheld[p].length; c++) {
                all &= isRounding(p, c) || rounding[p][c] == 0.0;
                any |= isRounding(p, c);
            }
            if (all && any) {
                out.add(p);
            }
        }
        return out;
    }

    /** Projections whose update rounding keeps from being known well enough in one column. */
    public List<Integer> rounded(int column) {
        List<Integer> out = new ArrayList<>();
        for (int p = 0; p < withheld.length; p++) {
            if (isRounding(p, column)) {
                out.add(p);
            }
        }
        return out;
    }

    private boolean isRounding(int projection, int column) {
        return !(rounding[projection][column] <= tolerance);
    }

    /** Error over size: 0 for nothing of nothing, infinite for something of nothing or NaN. */
    public static double share(double error, double size) {
        if (error == 0.0) {
            return 0.0;
        }
        double share = error / size;
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }

    /** Projections as a reader counts them: "W1..W14, W17". */
    public static String names(List<Integer> projections) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < projections.size(); k++) {
            int first = projections.get(k);
            int last = first;
            while (k + 1 < projections.size() && projections.get(k + 1) == last + 1) {
                last++;
                k++;
            }
            out.append(out.isEmpty() ? "" : ", ").append('W').append(first + 1);
            out.append(last > first ? "..W" + (last + 1) : "");
        }
        return out.toString();
    }
}
