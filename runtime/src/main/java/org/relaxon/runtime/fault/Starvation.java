package org.relaxon.runtime.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell that an adversary lets receive last: each of its parcels waits until a number of parcels
 * have been delivered to other cells, or no other is left to deliver.
 *
 * @param name name of a cell, or of a population for its first cell
 * @param deliveries number of deliveries to other cells for which a parcel waits, at least 1
 */
public record Starvation(String name, int deliveries) {
    /** The default number of deliveries. */
    public static final int DEFAULT_DELIVERIES = 10_000;

    private static final int DELIVERIES_MAX = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("([^@]+)(?:@([0-9]{1,9}))?");

    /**
     * Checks the number of deliveries.
     *
     * @param name name of a cell, or of a population for its first cell
     * @param deliveries number of deliveries to other cells for which a parcel waits, at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public Starvation {
        if (deliveries < 1 || deliveries > DELIVERIES_MAX) {
            throw new IllegalArgumentException(
                    "starve: %d deliveries are not in 1..%d".formatted(deliveries, DELIVERIES_MAX));
        }
    }

    /**
     * Reads {@code CELL} or {@code CELL@DELIVERIES}, such as {@code 2@500}.
     *
     * @param text option value
     * @return the starvation that the text describes
     * @throws IllegalArgumentException naming the text
     */
    public static Starvation parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "starve: \"%s\" is not of the form CELL or CELL@DELIVERIES".formatted(text));
        }
        return new Starvation(
                m.group(1), m.group(2) == null ? DEFAULT_DELIVERIES : Integer.parseInt(m.group(2)));
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return name + "@" + deliveries;
    }
}
