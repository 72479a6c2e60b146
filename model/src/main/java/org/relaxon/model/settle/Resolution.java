package org.relaxon.model.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.network.Network;

/**
 * How well the local update of every projection is known, relative to its own size, from one sweep
 * of an audit: predictions recomputed from the input upwards with the errors that cells hold, then
 * errors from the output downwards. The difference between the update of the swept state and the
 * update that the cells hold is due to changes that were not sent or did not arrive, to first order
 * in the gain of the loop of predictions and errors.
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

    /** The figures of several settlings, as those of all their columns. */
    static Resolution sideBySide(List<Resolution> parts) {
        Resolution first = parts.get(0);
        double[][] withheld = new double[first.projections()][];
        double[][] rounding = new double[first.projections()][];
        for (int p = 0; p < withheld.length; p++) {
            int projection = p;
            withheld[p] =
                    parts.stream()
                            .flatMapToDouble(r -> Arrays.stream(r.withheld[projection]))
                            .toArray();
            rounding[p] =
                    parts.stream()
                            .flatMapToDouble(r -> Arrays.stream(r.rounding[projection]))
                            .toArray();
        }
        return new Resolution(withheld, rounding, first.tolerance);
    }

    /**
     * {@return the same figures, judged by the requested relative error}
     *
     * @param asked largest relative error of an update that counts as resolved
     */
    public Resolution within(double asked) {
        return new Resolution(withheld, rounding, asked);
    }

    /**
     * {@return the requested relative error of every projection's update; NaN if none was
     * requested}
     */
    public double tolerance() {
        return tolerance;
    }

    /** {@return whether there are figures} */
    public boolean isSwept() {
        return withheld.length > 0;
    }

    /** {@return the number of projections with figures} */
    public int projections() {
        return withheld.length;
    }

    /**
     * {@return the relative error of a projection's update in one column}
     *
     * @param projection index of the projection
     * @param column index of the column, from 0
     */
    public double withheld(int projection, int column) {
        return withheld[projection][column];
    }

    /**
     * {@return the largest relative error of a projection's update in any column}
     *
     * @param projection index of the projection
     */
    public double withheld(int projection) {
        double worst = 0.0;
        for (double one : withheld[projection]) {
            worst = Math.max(worst, one);
        }
        return worst;
    }

    /**
     * {@return the projections whose update is not known well enough in one column, but could be}
     *
     * @param column index of the column, from 0
     */
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
     * {@return the projections whose update is limited by rounding in every column that contributes
     * to it; a column that contributes exactly 0 has no rounding}
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

    /**
     * {@return the projections whose update is limited by rounding in one column}
     *
     * @param column index of the column, from 0
     */
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

    /**
     * {@return error over size: 0 if the error is 0; infinite for an error of size 0 or NaN}
     *
     * @param error size of an error, at least 0
     * @param size size of the whole, at least 0
     */
    public static double share(double error, double size) {
        if (error == 0.0) {
            return 0.0;
        }
        double share = error / size;
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }

    /**
     * {@return the names of weights: "W1..W14, W17", or "Wskip, Wout" in a network whose
     * projections have names of their own}
     *
     * @param projections indices, ascending
     * @param network that has them
     */
    public static String names(List<Integer> projections, Network network) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < projections.size(); k++) {
            int first = projections.get(k);
            int last = first;
            while (k + 1 < projections.size()
                    && projections.get(k + 1) == last + 1
                    && isNumbered(network, first)
                    && isNumbered(network, last + 1)) {
                last++;
                k++;
            }
            out.append(out.isEmpty() ? "W" : ", W").append(network.projection(first).name());
            out.append(last > first ? "..W" + network.projection(last).name() : "");
        }
        return out.toString();
    }

    /** Projections are numbered from 1 unless they are named. */
    private static boolean isNumbered(Network network, int projection) {
        return network.projection(projection).name().equals(String.valueOf(projection + 1));
    }
}
