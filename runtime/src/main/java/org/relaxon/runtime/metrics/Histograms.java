package org.relaxon.runtime.metrics;

/** The shape that all histograms of spans of time share, so that they can be added. */
public final class Histograms {
    static final int SIGNIFICANT_DIGITS = 2;

    private Histograms() {}

    /** {@return an empty histogram of nanoseconds, which grows with what is recorded} */
    public static SpanHistogram nanos() {
        return new SpanHistogram(SIGNIFICANT_DIGITS);
    }

    /**
     * {@return a span that a histogram accepts: at least 0}
     *
     * @param nanos a span, possibly negative by the clock's resolution
     */
    public static long clip(long nanos) {
        return Math.max(0, nanos);
    }
}
