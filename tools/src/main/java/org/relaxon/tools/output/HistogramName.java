package org.relaxon.tools.output;

import java.util.Locale;

/** What a histogram is called beside values in microseconds. */
public final class HistogramName {
    private static final String NANOS = "Nanos";

    private HistogramName() {}

    /** True if its values are nanoseconds. */
    public static boolean isOfNanos(String tag) {
        return tag.endsWith(NANOS);
    }

    /** Words without the unit, such as "inbox wait" for inboxWaitNanos. */
    public static String words(String tag) {
        String bare = isOfNanos(tag) ? tag.substring(0, tag.length() - NANOS.length()) : tag;
        return bare.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
