package org.relaxon.tools.cli;

/** Numbers as people write them. */
final class Figures {
    private Figures() {}

    /** The shortest text that reads back to the same number, such as 1e-4; empty for null. */
    static String number(Double value) {
        return value == null ? "" : Double.toString(value).replace(".0E", "e").replace("E", "e");
    }

    /** The same for a number that is finite; empty for any other. */
    static String finite(double value) {
        return Double.isFinite(value) ? number(value) : "";
    }
}
