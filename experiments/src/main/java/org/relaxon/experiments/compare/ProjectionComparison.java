package org.relaxon.experiments.compare;

import java.util.Arrays;
import java.util.Locale;

/**
 * How an estimate g of a gradient compares with its reference R, over the elements of one
 * projection, one population's biases, or everything. NaN in any element gives NaN in every figure.
 * Nothing is clipped and no epsilon is added anywhere.
 *
 * @param name "W1", "b1", ...; "total" for everything
 * @param elements number of elements
 * @param relativeError |g - R| / |R|, Frobenius norms; 0/0 is NaN and x/0 is infinite
 * @param cosine of the angle between g and R; null if one of them is zero
 * @param oneMinusCosine 1 - cosine, computed as 1/2 |g/|g| - R/|R||^2 so that it is right far below
 *     1e-16; null if the cosine is
 * @param cosineReason why there is no cosine; null if there is one
 * @param signAgreement share of elements with equal sign among those with R not 0; NaN if there are
 *     none
 * @param rmse |g - R| / sqrt(elements)
 * @param normRatio |g| / |R|
 * @param minimum of |g_k - R_k| over the elements
 * @param median of the same, as {@link #quantile} defines it
 * @param quantile90 0.9 quantile of the same
 * @param maximum of the same
 */
public record ProjectionComparison(
        String name,
        int elements,
        double relativeError,
        Double cosine,
        Double oneMinusCosine,
        String cosineReason,
        double signAgreement,
        double rmse,
        double normRatio,
        double minimum,
        double median,
        double quantile90,
        double maximum) {

    /** For display: name, size, relative error and cosine. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d elements, relative error %.4e, cosine %s",
                name,
                elements,
                relativeError,
                cosine == null ? "none: " + cosineReason : Double.toString(cosine));
    }

    /**
     * Compares two arrays of equal length.
     *
     * @throws IllegalArgumentException if they are empty or of unequal length
     */
    static ProjectionComparison of(String name, double[] g, double[] r) {
        if (g.length != r.length || g.length == 0) {
            throw new IllegalArgumentException(
                    "%s: comparing %d elements with %d".formatted(name, g.length, r.length));
        }
        double[] difference = Vectors.difference(g, r);
        double error = Vectors.norm(difference);
        double normG = Vectors.norm(g);
        double normR = Vectors.norm(r);
        for (int k = 0; k < difference.length; k++) {
            difference[k] = Math.abs(difference[k]);
        }
        Arrays.sort(difference); // NaN last
        boolean nan = Double.isNaN(difference[difference.length - 1]);
        String reason = zeroNorm(normG, normR);
        double[] u = reason == null ? Vectors.unit(g, normG) : null;
        double[] v = reason == null ? Vectors.unit(r, normR) : null;
        return new ProjectionComparison(
                name,
                g.length,
                error / normR,
                reason == null ? Double.valueOf(cosine(u, v)) : null,
                reason == null ? Double.valueOf(Vectors.oneMinusCosine(u, v, 1.0)) : null,
                reason,
                nan ? Double.NaN : signAgreement(g, r),
                error / Math.sqrt(g.length),
                normG / normR,
                nan ? Double.NaN : difference[0],
                quantile(difference, 0.5),
                quantile(difference, 0.9),
                difference[difference.length - 1]);
    }

    /** {@return the angle between g and R, degrees from 0 to 180; NaN if there is no cosine} */
    public double angleDegrees() {
        return oneMinusCosine == null ? Double.NaN : angleDegrees(cosine, oneMinusCosine);
    }

    /**
     * {@return the angle of a cosine, degrees from 0 to 180, right to rounding at both ends}
     *
     * @param cosine of the angle
     * @param oneMinusCosine 1 - cosine, without the cancellation
     */
    public static double angleDegrees(double cosine, double oneMinusCosine) {
        double apart = Math.sqrt(Math.max(0.0, oneMinusCosine));
        double together = Math.sqrt(Math.max(0.0, 1.0 + cosine));
        return Math.toDegrees(2.0 * Math.atan2(apart, together));
    }

    /** {@return true if there is nothing to compare and nothing was claimed} */
    public boolean isZeroBesideZero() {
        return cosineReason != null && rmse == 0.0;
    }

    private static String zeroNorm(double normG, double normR) {
        if (normG == 0.0 && normR == 0.0) {
            return "estimate and reference are zero";
        }
        if (normR == 0.0) {
            return "the reference is zero";
        }
        return normG == 0.0 ? "the estimate is zero" : null;
    }

    /** From whichever of 1 - cos, cos and 1 + cos is small, so that rounding never exceeds 1. */
    private static double cosine(double[] u, double[] v) {
        double apart = Vectors.oneMinusCosine(u, v, 1.0);
        if (apart < 0.5) {
            return 1.0 - apart;
        }
        return apart > 1.5 ? Vectors.oneMinusCosine(u, v, -1.0) - 1.0 : Vectors.dot(u, v);
    }

    private static double signAgreement(double[] g, double[] r) {
        long equal = 0;
        long counted = 0;
        for (int k = 0; k < g.length; k++) {
            if (r[k] != 0.0) {
                counted++;
                equal += Math.signum(g[k]) == Math.signum(r[k]) ? 1 : 0;
            }
        }
        return counted == 0 ? Double.NaN : (double) equal / counted;
    }

    /** Linear between the order statistics at position q (n - 1); NaN if any element is. */
    static double quantile(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
