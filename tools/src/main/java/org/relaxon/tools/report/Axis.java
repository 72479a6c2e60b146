package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The range of an axis and its ticks.
 *
 * @param least value at one end
 * @param most value at the other end, greater
 * @param logarithmic whether equal lengths are equal ratios
 * @param ticks values with a label
 */
record Axis(double least, double most, boolean logarithmic, List<Double> ticks) {
    private static final int TICKS_MAX = 7;
    private static final int DECADES_MAX = 300;
    private static final int DIGITS_MAX = 8;
    private static final double SAME = 1e-9; // values nearer than this, relatively, are one
    private static final double LARGE = 1e6;

    /** Within two decades, the ticks of each beside its power of ten. */
    private static final double[] BETWEEN = {1.0, 2.0, 5.0};

    /** The whole decades around positive values; half a decade around a single one. */
    static Axis decades(double... values) {
        double low = Math.floor(exponent(Arrays.stream(values).min().orElse(1.0)));
        double high = Math.ceil(exponent(Arrays.stream(values).max().orElse(1.0)));
        if (low == high) {
            low -= 1;
            high += 1;
        }
        low = Math.max(low, -DECADES_MAX);
        int step = (int) Math.ceil((high - low) / (TICKS_MAX - 1));
        List<Double> ticks = new ArrayList<>();
        for (double at = low; at <= high; at += step) {
            for (double factor : high - low <= 2 && at < high ? BETWEEN : new double[] {1.0}) {
                ticks.add(factor * power(at));
            }
        }
        return new Axis(power(low), power(high), true, ticks);
    }

    /** Round numbers around values; around a single one, half of it to either side. */
    static Axis linear(double... values) {
        double low = Arrays.stream(values).min().orElse(0.0);
        double high = Arrays.stream(values).max().orElse(1.0);
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (!(high - low > SAME * size)) {
            double half = size == 0.0 ? 1.0 : 0.5 * size;
            low -= half;
            high += half;
        }
        double span = high - low;
        double unit = Math.pow(10.0, Math.floor(Math.log10(span / (TICKS_MAX - 2))));
        double step = unit;
        for (double factor : new double[] {1.0, 2.0, 5.0, 10.0}) {
            step = factor * unit;
            if (step * (TICKS_MAX - 2) >= span) {
                break;
            }
        }
        double from = Math.floor(low / step + 1e-9);
        double to = Math.max(from + 1, Math.ceil(high / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (double at = from; at <= to; at++) {
            ticks.add(at * step);
        }
        return new Axis(from * step, to * step, false, ticks);
    }

    private static double exponent(double value) {
        double exact = Math.log10(value);
        double near = Math.rint(exact);
        return Math.abs(exact - near) < 1e-9 ? near : exact;
    }

    private static double power(double exponent) {
        return Double.parseDouble("1e" + (int) exponent);
    }

    /** Where a value lies: 0 at the lower end, 1 at the other. */
    double share(double value) {
        return logarithmic
                ? (Math.log10(value) - Math.log10(least)) / (Math.log10(most) - Math.log10(least))
                : (value - least) / (most - least);
    }

    /** The text at a tick. */
    String label(double tick) {
        if (logarithmic) {
            int exponent = (int) Math.floor(Math.log10(tick) + 1e-9);
            long factor = Math.round(tick / power(exponent));
            return exponent >= 0 && exponent < 4
                    ? Long.toString(Math.round(tick))
                    : factor + "e" + exponent;
        }
        double step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : 1.0;
        int digits = (int) Math.max(0.0, Math.ceil(-Math.log10(step) - 1e-9));
        boolean plain = digits <= DIGITS_MAX && Math.abs(tick) < LARGE;
        double shown = Math.abs(tick) < 1e-9 * step ? 0.0 : tick;
        return plain ? String.format(Locale.ROOT, "%." + digits + "f", shown) : Shown.number(shown);
    }
}
