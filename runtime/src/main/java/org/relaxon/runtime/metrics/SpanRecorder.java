package org.relaxon.runtime.metrics;

import java.util.concurrent.atomic.LongAccumulator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntervalHistogramProvider;
import org.HdrHistogram.Recorder;
import org.HdrHistogram.SingleWriterRecorder;
import org.HdrHistogram.ValueRecorder;

/** Records time spans in nanoseconds while another thread takes the recorded values. */
public final class SpanRecorder {
    private final ValueRecorder values;
    private final IntervalHistogramProvider<Histogram> intervals;
    private final LongAccumulator most = new LongAccumulator(Long::max, 0);

    private SpanRecorder(ValueRecorder values, IntervalHistogramProvider<Histogram> intervals) {
        this.values = values;
        this.intervals = intervals;
    }

    /** {@return a recorder for any number of recording threads} */
    public static SpanRecorder ofManyThreads() {
        Recorder recorder = new Recorder(Histograms.SIGNIFICANT_DIGITS);
        return new SpanRecorder(recorder, recorder);
    }

    /** {@return a recorder for one recording thread} */
    public static SpanRecorder ofOneThread() {
        SingleWriterRecorder recorder = new SingleWriterRecorder(Histograms.SIGNIFICANT_DIGITS);
        return new SpanRecorder(recorder, recorder);
    }

    /**
     * Records a span; below 0 counts as 0.
     *
     * @param nanos the span in nanoseconds
     */
    public void record(long nanos) {
        long value = Histograms.clip(nanos);
        most.accumulate(value); // first, so that no value is taken without it
        values.recordValue(value);
    }

    /** {@return the values recorded since the last call} One thread at a time may call. */
    public SpanHistogram take() {
        Histogram interval = intervals.getIntervalHistogram();
        long largest = most.getThenReset();
        long end = interval.getMaxValue();
        if (largest > end) { // of a value in the next interval
            most.accumulate(largest);
            largest = end;
        }
        SpanHistogram out = Histograms.nanos();
        out.add(interval, Math.max(largest, interval.lowestEquivalentValue(end)));
        return out;
    }
}
