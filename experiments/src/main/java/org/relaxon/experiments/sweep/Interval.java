package org.relaxon.experiments.sweep;

import java.util.Arrays;
import java.util.Locale;

/**
 * An estimate with its 95 % interval.
 *
 * @param value NaN if there is nothing to estimate from
 * @param low end of the interval; NaN if there is none
 * @param high end of the interval
 */
public record Interval(double value, double low, double high) {
    /** Two-sided 95 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Of Student's t with 1 to 10 degrees of freedom. */
    private static final double[] T = {
        12.706204736432095,
        4.302652729911275,
        3.182446305284263,
        2.776445105197790,
        2.570581836614740,
        2.446911851144970,
        2.364624251592780,
        2.306004135204160,
        2.262157162740990,
        2.228138851964940
    };

    /** An empty estimate. */
    static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /**
     * {@return a share of successes, with the interval of Wilson (1927), which holds for few trials
     * too}
     *
     * @param successes 0 to trials
     * @param trials number of trials; below 1 everything is NaN
     */
    public static Interval share(int successes, int trials) {
        if (trials < 1) {
            return NONE;
        }
        double p = (double) successes / trials;
        double z2 = Z * Z / trials;
        double middle = (p + z2 / 2.0) / (1.0 + z2);
        double half = Z / (1.0 + z2) * Math.sqrt(p * (1.0 - p) / trials + z2 / (4.0 * trials));
        double low = successes == 0 ? 0.0 : middle - half;
        double high = successes == trials ? 1.0 : middle + half;
        return new Interval(p, low, high);
    }

    /**
     * {@return a mean, with the interval of Student's t; the mean of one value has none}
     *
     * @param values finite; without any everything is NaN
     */
    public static Interval mean(double... values) {
        int n = values.length;
        if (n == 0) {
            return NONE;
        }
        double mean = Arrays.stream(values).sum() / n;
        if (n == 1) {
            return new Interval(mean, Double.NaN, Double.NaN);
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double half = t(n - 1) * Math.sqrt(squares / (n - 1.0) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /**
     * {@return the slope of a straight line by least squares, with the interval of Student's t; a
     * line through two points has none}
     *
     * @param x finite positions; without two different ones everything is NaN
     * @param y values at these positions, as many
     */
    public static Interval slope(double[] x, double[] y) {
        int n = x.length;
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double spread = 0.0;
        double product = 0.0;
        for (int k = 0; k < n; k++) {
            spread += (x[k] - meanX) * (x[k] - meanX);
            product += (x[k] - meanX) * (y[k] - meanY);
        }
        if (!(spread > 0)) {
            return NONE;
        }
        double slope = product / spread;
        if (n == 2) {
            return new Interval(slope, Double.NaN, Double.NaN);
        }
        double squares = 0.0;
        for (int k = 0; k < n; k++) {
            double off = y[k] - meanY - slope * (x[k] - meanX);
            squares += off * off;
        }
        double half = t(n - 2) * Math.sqrt(squares / (n - 2.0) / spread);
        return new Interval(slope, slope - half, slope + half);
    }

    /**
     * {@return the value with its interval, such as 0.5 [0.4, 0.6]; the value alone if it has none;
     * a dash if there is no value}
     *
     * @param format of one number, such as {@code %.2f}
     */
    public String text(String format) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String estimate = String.format(Locale.ROOT, format, value);
        return Double.isNaN(low)
                ? estimate
                : estimate
                        + String.format(
                                Locale.ROOT, " [" + format + ", " + format + "]", low, high);
    }

    /** Above ten degrees of freedom by the expansion of Fisher and Cornish, to five digits. */
    static double t(int freedom) {
        if (freedom <= T.length) {
            return T[freedom - 1];
        }
        double z3 = Z * Z * Z;
        double z5 = z3 * Z * Z;
        double z7 = z5 * Z * Z;
        double z9 = z7 * Z * Z;
        double n = freedom;
        return Z
                + (z3 + Z) / (4.0 * n)
                + (5.0 * z5 + 16.0 * z3 + 3.0 * Z) / (96.0 * n * n)
                + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * Z) / (384.0 * n * n * n)
                + (79.0 * z9 + 776.0 * z7 + 1482.0 * z5 - 1920.0 * z3 - 945.0 * Z)
                        / (92160.0 * n * n * n * n);
    }

    /**
     * {@return the median, of an even number the mean of the middle two; NaN if there are none}
     *
     * @param values in any order, which are not changed
     */
    public static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
    }
}
