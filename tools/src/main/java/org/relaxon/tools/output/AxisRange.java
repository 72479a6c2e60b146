package org.relaxon.tools.output;

import java.util.Arrays;

/**
 * The range of an axis, and the format of its numbers with enough digits to distinguish
 * neighbouring ticks.
 *
 * @param least value at the one end
 * @param most value at the other end, greater
 * @param pattern of the numbers at ticks, as {@link java.text.DecimalFormat} reads it
 */
record AxisRange(double least, double most, String pattern) {
    /** Values closer than this, relative to their size, are shown as one. */
    private static final double SAME = 1e-6;

    /** Approximate number of ticks of an axis. */
    private static final double TICKS = 10.0;

    private static final int DIGITS_MAX = 12;

    /** From here on numbers have exponents; written out, they would fill the picture. */
    private static final double LARGE = 1e7;

    /** Below it numbers are not normal, and 1e-324 is 0. */
    private static final int LEAST_EXPONENT = -307;

    /** The whole decades around positive values, at least one; each has a tick. */
    static AxisRange decades(double[] values) {
        double floor = Math.floor(exponent(Arrays.stream(values).min().orElse(1.0)));
        double ceiling = Math.ceil(exponent(Arrays.stream(values).max().orElse(1.0)));
        int low = (int) Math.max(LEAST_EXPONENT, floor);
        int high = (int) Math.max(low, ceiling);
        boolean one = low == high; // exactly at a decade
        return new AxisRange(power(one ? low - 1 : low), power(one ? high + 1 : high), "0E0");
    }

    /** The exponent, rounded to an integer where rounding hides a power of 10. */
    private static double exponent(double value) {
        double exact = StrictMath.log10(value);
        double near = Math.rint(exact);
        return Math.abs(exact - near) < 1e-9 ? near : exact;
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    /** From the least to the largest value; around one value, half of it to either side. */
    static AxisRange linear(double[] values) {
        double least = Arrays.stream(values).min().orElse(0.0);
        double most = Arrays.stream(values).max().orElse(1.0);
        double size = Math.max(Math.abs(least), Math.abs(most));
        if (!(most - least > SAME * size)) {
            double half = size == 0.0 ? 1.0 : 0.5 * size;
            least -= half;
            most += half;
        }
        double tick = (most - least) / TICKS;
        if (size >= LARGE) {
            int digits = (int) Math.ceil(StrictMath.log10(size / tick));
            return new AxisRange(least, most, "0." + "#".repeat(Math.max(1, digits)) + "E0");
        }
        int digits = (int) Math.ceil(-StrictMath.log10(tick));
        int shown = Math.max(0, Math.min(DIGITS_MAX, digits));
        return new AxisRange(least, most, "0" + (shown == 0 ? "" : "." + "#".repeat(shown)));
    }
}
