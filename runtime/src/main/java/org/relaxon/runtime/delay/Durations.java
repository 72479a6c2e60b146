package org.relaxon.runtime.delay;

import java.util.LinkedHashMap;
import java.util.Map;

/** Spans of time in text: a number and one of ns, us, ms, s; 0 needs no unit. */
public final class Durations {
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("s", 1_000_000_000L);
        UNITS.put("ms", 1_000_000L);
        UNITS.put("us", 1_000L);
        UNITS.put("ns", 1L);
    }

    /** A text that is not of the needed form: a span of time, or a delay made of some. */
    public static final class UnreadableException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String text;
        private final String needed;

        /**
         * Refuses a text by {@code field: "text" is not needed}.
         *
         * @param field where it stands
         * @param text that was found
         * @param needed what it should be
         */
        UnreadableException(String field, String text, String needed) {
            super("%s: \"%s\" is not %s".formatted(field, text, needed));
            this.text = text;
            this.needed = needed;
        }

        /** {@return the refused text, of which a larger one may be made} */
        public String text() {
            return text;
        }

        /** {@return what the text should be} */
        public String needed() {
            return needed;
        }
    }

    private Durations() {}

    /**
     * Reads a span such as {@code 1.5ms}.
     *
     * @param field named in the message if the text is refused
     * @param text number and unit
     * @return nanoseconds, at least 0
     * @throws UnreadableException naming the field, the text and what is needed
     */
    public static long parse(String field, String text) {
        if (text.equals("0")) {
            return 0; // in any unit
        }
        String digits = text.replaceAll("[a-z]+$", "");
        Long unit = UNITS.get(text.substring(digits.length()));
        try {
            if (unit != null && digits.matches("[0-9.eE+]+")) {
                double nanos = Double.parseDouble(digits) * unit;
                if (nanos >= 0 && nanos <= Long.MAX_VALUE / 4.0) {
                    return Math.round(nanos);
                }
            }
        } catch (NumberFormatException e) {
            // refused below like any other text that is not a span
        }
        throw new UnreadableException(
                field, text, "a span of time >= 0 such as 0ms, 200us, 1.5ms or 2s");
    }

    /**
     * {@return the span in the largest unit that keeps it whole}
     *
     * @param nanos span in nanoseconds, at least 0
     */
    public static String format(long nanos) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (nanos % unit.getValue() == 0 && nanos != 0) {
                return nanos / unit.getValue() + unit.getKey();
            }
        }
        return nanos + "ms";
    }
}
