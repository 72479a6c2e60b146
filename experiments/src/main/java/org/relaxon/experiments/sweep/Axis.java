package org.relaxon.experiments.sweep;

import java.util.List;

/**
 * One direction of a grid.
 *
 * @param name what changes along it, such as {@code beta}
 * @param values its texts in order, at least one, each once
 */
public record Axis(String name, List<String> values) {
    /** The most values of one axis. */
    public static final int VALUES_MAX = 10_000;

    /**
     * Copies the values.
     *
     * @param name what changes along it, such as {@code beta}
     * @param values its texts in order, at least one, each once
     * @throws IllegalArgumentException naming the axis and what is wrong with its values
     */
    public Axis {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw new IllegalArgumentException(
                    "%s: an axis needs 1 to %d values, got %d"
                            .formatted(name, VALUES_MAX, values.size()));
        }
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(
                    "%s: a value is named twice in %s".formatted(name, values));
        }
    }

    /**
     * Reads {@code NAME=V,V,...}. Where values hold commas themselves, as delays do, a comma
     * separates only if a letter follows; a semicolon always separates.
     *
     * @param text such as {@code beta=1e-3,1e-4}
     * @return the axis
     * @throws IllegalArgumentException naming the text and the form asked for
     */
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "axis: \"%s\" is not of the form NAME=VALUE,VALUE,...".formatted(text));
        }
        String name = text.substring(0, equals);
        String values = text.substring(equals + 1);
        String separator = name.equals("delay") ? ";|,(?=[a-z])" : "[;,]";
        return new Axis(name, List.of(values.split(separator, -1)));
    }

    @Override
    public String toString() {
        return name + "=" + String.join(";", values);
    }
}
