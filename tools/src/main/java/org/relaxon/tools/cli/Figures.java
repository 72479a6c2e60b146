package org.relaxon.tools.cli;

import org.relaxon.model.math.Numeral;

/** Numbers as people write them. */
final class Figures {
    private Figures() {}

    /** The shortest text that reads back to the same number, such as 1e-4; empty for null. */
    static String number(Double value) {
        return value == null ? "" : Numeral.text(value);
    }

    /** The same for a number that is finite; empty for any other. */
    static String finite(double value) {
        return Double.isFinite(value) ? number(value) : "";
    }
}
