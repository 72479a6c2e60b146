package org.relaxon.runtime.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell that loses its state when its n-th parcel of a phase arrives, before recording it.
 *
 * @param name name of a cell, or of a population for its first cell
 * @param message n, from 1
 * @param lasting whether it crashes again at every later parcel
 */
public record Crash(String name, long message, boolean lasting) {
    /** After this many restarts in one phase a cell is given up. */
    public static final int RESTARTS_MAX = 5;

    private static final Pattern TEXT = Pattern.compile("([^@]+)@([0-9]{1,18})(\\+?)");

    /**
     * Checks the number of the parcel.
     *
     * @param name name of a cell, or of a population for its first cell
     * @param message n, from 1
     * @param lasting whether it crashes again at every later parcel
     * @throws IllegalArgumentException if it is less than 1
     */
    public Crash {
        if (message < 1) {
            throw new IllegalArgumentException("crash: messages count from 1, got " + message);
        }
    }

    /**
     * Reads {@code CELL@N}, a single crash, or {@code CELL@N+}, one at every parcel from then on.
     *
     * @param text option value
     * @return the crash that the text describes
     * @throws IllegalArgumentException naming the text
     */
    public static Crash parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "crash: \"%s\" is not of the form CELL@N or CELL@N+".formatted(text));
        }
        return new Crash(m.group(1), Long.parseLong(m.group(2)), !m.group(3).isEmpty());
    }

    /**
     * {@return whether the cell crashes at this parcel}
     *
     * @param count number of the parcel in its phase, from 1
     */
    public boolean strikes(long count) {
        return lasting ? count >= message : count == message;
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return name + "@" + message + (lasting ? "+" : "");
    }
}
