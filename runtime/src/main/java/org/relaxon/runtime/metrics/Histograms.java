package org.relaxon.runtime.metrics;

/** The common shape of all histograms of time spans, so that they can be added. */
public final class Histograms {
    static final int SIGNIFICANT_DIGITS = 2;

    private Histograms() {}

    /** {@return an empty histogram of nanoseconds, which grows as needed} */
    public static SpanHistogram nanos() {
        return new SpanHistogram(SIGNIFICANT_DIGITS);
    }

    /**
     * {@return a span that a histogram accepts: at least 0}
     *
     * @param nanos a span, which the clock's resolution may make negative
     */
    public static long clip(long nanos) {
        return Math.max(0, nanos);
    }
}
