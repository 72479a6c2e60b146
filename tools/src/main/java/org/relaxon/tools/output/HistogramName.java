package org.relaxon.tools.output;

import java.util.Locale;

/** The name of a histogram whose values are shown in microseconds. */
public final class HistogramName {
    private static final String NANOS = "Nanos";

    private HistogramName() {}

    /**
     * {@return true if the values of a histogram are nanoseconds}
     *
     * @param tag name of the histogram
     */
    public static boolean isOfNanos(String tag) {
        return tag.endsWith(NANOS);
    }

    /**
     * {@return the words of a name without the unit, such as "inbox wait" for inboxWaitNanos}
     *
     * @param tag name of the histogram
     */
    public static String words(String tag) {
        String bare = isOfNanos(tag) ? tag.substring(0, tag.length() - NANOS.length()) : tag;
        return bare.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
