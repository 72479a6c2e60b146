package org.relaxon.runtime.fault;

import org.relaxon.runtime.delay.Durations;

/**
 * A cell, or every cell of a population, that pauses longer after each of its relaxations.
 *
 * @param name name of a cell or population
 * @param pause nanoseconds of host time, at least 1
 */
public record SlowCell(String name, long pause) {
    /**
     * Checks the pause.
     *
     * @param name name of a cell or population
     * @param pause nanoseconds of host time, at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public SlowCell {
        if (pause < 1) {
            throw new IllegalArgumentException("slow: need a pause above 0, got " + pause);
        }
    }

    /**
     * Reads {@code CELL=PAUSE}, such as {@code 2=5ms}.
     *
     * @param text option value
     * @return the slow cell that the text describes
     * @throws IllegalArgumentException naming the text
     */
    public static SlowCell parse(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "slow: \"%s\" is not of the form CELL=PAUSE".formatted(text));
        }
        return new SlowCell(
                text.substring(0, equals), Durations.parse("slow", text.substring(equals + 1)));
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return name + "=" + Durations.format(pause);
    }
}
