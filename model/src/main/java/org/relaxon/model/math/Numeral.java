package org.relaxon.model.math;

/** How numbers are written for people. */
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
}
