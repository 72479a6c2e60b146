package org.relaxon.tools.serve;

import java.util.Locale;

/** Numbers of a frame in few characters: a picture needs four digits. */
final class Compact {
    private Compact() {}

    /** A number in JSON, with four significant digits; null if it is not finite. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.3e", value);
    }

    /** The same number as a number. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(number(value)) : 0.0;
    }
}
