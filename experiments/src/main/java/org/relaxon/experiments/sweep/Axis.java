package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;

/**
 * One direction of a grid.
 *
 * @param name the quantity that changes along it, such as {@code beta}
 * @param values its texts in order, at least one, each once
 */
public record Axis(String name, List<String> values) {
    private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9-]*:");

    /** The most values of one axis. */
    public static final int VALUES_MAX = 10_000;

    /**
     * Copies the values.
     *
     * @param name the quantity that changes along it, such as {@code beta}
     * @param values its texts in order, at least one, each once
     * @throws IllegalArgumentException naming the axis and the fault of its values
     */
    public Axis {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw new IllegalArgumentException(
                    "%s: an axis needs 1 to %d values, got %d"
                            .formatted(name, VALUES_MAX, values.size()));
        }
        if (values.stream().map(Axis::value).distinct().count() < values.size()) {
            throw new IllegalArgumentException(
                    "%s: a value is named twice in %s".formatted(name, values));
        }
    }

    /**
     * Reads {@code NAME=V,V,...}. Delays and disciplines contain commas themselves: after a colon a
     * comma separates only if one of their names follows, alone or with its own colon. A semicolon
     * always separates.
     *
     * @param text such as {@code beta=1e-3,1e-4}
     * @return the axis
     * @throws IllegalArgumentException naming the text and the expected form
     */
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "axis: \"%s\" is not of the form NAME=VALUE,VALUE,...".formatted(text));
        }
        String name = text.substring(0, equals);
        String values = text.substring(equals + 1);
        return new Axis(
                name,
                switch (name) {
                    case "delay" -> withArguments(values, Delays.names());
                    case "discipline" -> withArguments(values, Discipline.names());
                    default -> List.of(values.split("[;,]", -1));
                });
    }

    /** A number, so that 1e-2 and 0.01 are the same, or the text. */
    private static Object value(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static List<String> withArguments(String text, List<String> names) {
        List<String> out = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            String open = null; // may continue after the next comma
            for (String piece : part.split(",", -1)) {
                boolean begins = names.contains(piece) || NAMED.matcher(piece).lookingAt();
                if (open != null && open.contains(":") && !begins) {
                    open += "," + piece;
                } else {
                    if (open != null) {
                        out.add(open);
                    }
                    open = piece;
                }
            }
            out.add(open);
        }
        return out;
    }

    @Override
    public String toString() {
        return name + "=" + String.join(";", values);
    }
}
