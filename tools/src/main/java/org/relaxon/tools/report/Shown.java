package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values as shown on a page: five digits; the files contain all digits. */
final class Shown {
    private static final MathContext DIGITS = new MathContext(5);
    private static final MathContext BRIEF = new MathContext(3);
    private static final Pattern LONG_NUMBER =
            Pattern.compile("-?[0-9]+\\.[0-9]+([eE][+-]?[0-9]{1,3})?");

    private Shown() {}

    /**
     * A number with at most five digits, such as 0.25 or 9.5345e-6. Trailing zeros show that digits
     * were cut off: 0.999999995 is 1.0000, and 1 is 1.
     */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        BigDecimal rounded = exact.round(DIGITS);
        if (rounded.compareTo(exact) == 0) {
            rounded = rounded.stripTrailingZeros();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (rounded.signum() == 0 || exponent >= -3 && exponent < 7) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /**
     * A cell of a table: a number with more digits than shown, or in the notation of Java (1.0E-4),
     * as {@link #number} writes it; everything else unchanged.
     */
    static String cell(String value) {
        boolean number = value.length() <= 40 && LONG_NUMBER.matcher(value).matches();
        boolean other =
                number
                        && (value.contains("E")
                                || new BigDecimal(value).precision() > DIGITS.getPrecision());
        return other ? number(Double.parseDouble(value)) : value;
    }

    /** A number in a cell with three digits, for an interval; any other text is unchanged. */
    static String brief(String cell) {
        double value = parse(cell);
        return Double.isFinite(value)
                ? number(new BigDecimal(value).round(BRIEF).doubleValue())
                : cell;
    }

    /**
     * The distance of a cosine from 1, which distinguishes gradients that five digits of a cosine
     * do not.
     *
     * @param cosine in a cell; any other text is returned unchanged
     */
    static String oneMinus(String cosine) {
        double value = parse(cosine);
        return Double.isNaN(value) ? cosine : oneMinus(value);
    }

    /** The same of a number; below the resolution of a double this is a bound. */
    static String oneMinus(double cosine) {
        double distance = 1.0 - cosine;
        return Double.isNaN(cosine)
                ? "-"
                : distance == 0.0 ? "< 1.2e-16" : String.format(Locale.ROOT, "%.2e", distance);
    }

    /**
     * A value of a JSON object, in words: arrays and objects as lists; a dash for null and for a
     * missing value.
     */
    static String value(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "-";
        }
        if (node.isFloatingPointNumber()) {
            return number(node.asDouble());
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.isContainerNode() ? nested(item) : value(item)));
            return String.join(", ", items);
        }
        return node.isObject() ? named(node) : node.asText();
    }

    private static String nested(JsonNode node) {
        return "(" + value(node) + ")";
    }

    /** Names and values of an object, without those that are null or empty. */
    private static String named(JsonNode object) {
        List<String> pairs = new ArrayList<>();
        object.properties()
                .forEach(
                        e -> {
                            JsonNode value = e.getValue();
                            boolean inner = value.isContainerNode();
                            if (!value.isNull() && !(inner && value.isEmpty())) {
                                pairs.add(
                                        e.getKey() + " " + (inner ? nested(value) : value(value)));
                            }
                        });
        return String.join(", ", pairs);
    }

    /** The number in a cell; NaN if there is none. */
    static double parse(String cell) {
        if (cell.isEmpty()) { // the usual case, and an exception costs more than a row
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A size in bytes for display. */
    static String size(long bytes) {
        return bytes < 10_000 ? bytes + " B" : (bytes + 512) / 1024 + " KiB";
    }
}
