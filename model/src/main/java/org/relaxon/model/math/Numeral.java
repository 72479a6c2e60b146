package org.relaxon.model.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as text. */
public final class Numeral {
    private Numeral() {}

    /**
     * The shortest text that reads back to the same number, such as 0.25, 1.0, 1e-4, 2.5e-7.
     *
     * @param value any number
     * @return the text
     */
    public static String text(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }

    /**
     * Numbers as options take them, such as 8,0.5.
     *
     * @param values any numbers
     * @return their texts, whole numbers without a point, between commas
     */
    public static String list(List<Double> values) {
        return values.stream()
                .map(v -> text(v).replaceFirst("\\.0$", ""))
                .collect(Collectors.joining(","));
    }

    /**
     * Reads numbers as {@link #list} writes them.
     *
     * @param text finite numbers, between commas
     * @return the numbers, at least one
     * @throws NumberFormatException if one is not a number
     * @throws IllegalArgumentException naming one that is not finite
     */
    public static List<Double> numbers(String text) {
        List<Double> out = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            double value = Double.parseDouble(number);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(number + " is not a finite number");
            }
            out.add(value);
        }
        return out;
    }

    /**
     * Six digits of a number, for sentences; words for a value that is not finite.
     *
     * @param value any number
     * @return the text
     */
    public static String inSentence(double value) {
        if (Double.isNaN(value)) {
            return "no number (NaN)";
        }
        if (Double.isInfinite(value)) {
            return value > 0.0 ? "infinity" : "minus infinity";
        }
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
