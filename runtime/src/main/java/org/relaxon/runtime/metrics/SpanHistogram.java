package org.relaxon.runtime.metrics;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * A histogram that keeps the largest value recorded. HdrHistogram returns the end of its bucket,
 * which no recorded value may have reached.
 */
public final class SpanHistogram extends Histogram {
    private static final long serialVersionUID = 1L;

    /** The largest value recorded; 0 if there is none. */
    private long most;

    /**
     * An empty histogram that grows as needed.
     *
     * @param digits significant decimal digits that buckets distinguish, 0 to 5
     */
    public SpanHistogram(int digits) {
        super(digits);
        setAutoResize(true);
    }

    @Override
    public void recordValue(long value) {
        super.recordValue(value);
        most = Math.max(most, value);
    }

    /** Adds another histogram, whose largest value is known if it is one of these. */
    @Override
    public void add(AbstractHistogram other) {
        super.add(other);
        most = Math.max(most, other.getMaxValue());
    }

    /**
     * Adds another histogram, whose largest value is {@code largest}.
     *
     * @param other histogram to add
     * @param largest largest value recorded in it, nanoseconds
     */
    public void add(AbstractHistogram other, long largest) {
        super.add(other);
        most = Math.max(most, largest);
    }

    @Override
    public void reset() {
        super.reset();
        most = 0;
    }

    @Override
    public long getMaxValue() {
        return most;
    }

    @Override
    public long getValueAtPercentile(double percentile) {
        return Math.min(super.getValueAtPercentile(percentile), most);
    }

    @Override
    public SpanHistogram copy() {
        SpanHistogram copy = new SpanHistogram(getNumberOfSignificantValueDigits());
        copy.add(this);
        return copy;
    }
}
