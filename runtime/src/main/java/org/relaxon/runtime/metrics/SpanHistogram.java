package org.relaxon.runtime.metrics;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * A histogram that keeps the largest value recorded. HdrHistogram returns the end of its bucket,
 * which no recorded value may have reached.
 */
public final class SpanHistogram extends Histogram {
    private static final long serialVersionUID = 1L;

    private static final int BUCKETS_MAX = 1 << 20;

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

    /**
     * Writes down how often which buckets were hit.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        int buckets = 0;
        for (HistogramIterationValue unused : recordedValues()) {
            buckets++;
        }
        out.writeInt(buckets);
        for (HistogramIterationValue bucket : recordedValues()) {
            out.writeLong(bucket.getValueIteratedTo());
            out.writeLong(bucket.getCountAtValueIteratedTo());
        }
        out.writeLong(most);
    }

    /**
     * Replaces what was recorded by what was saved.
     *
     * @param in source of what was saved
     */
    public void load(StateReader in) {
        reset();
        for (int k = in.readCount(BUCKETS_MAX, 2 * Long.BYTES); k > 0; k--) {
            recordValueWithCount(in.readLong(0, Long.MAX_VALUE), in.readLong(1, Long.MAX_VALUE));
        }
        long last = super.getMaxValue(); // the end of the last bucket
        most = in.readLong(last == 0 ? 0 : lowestEquivalentValue(last), last);
    }
}
