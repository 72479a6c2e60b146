package org.relaxon.runtime.virtual;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.metrics.SpanHistogram;

/** What a phase leaves for its report: the hash of all deliveries, and histograms of spans. */
final class RunRecord {
    private final TraceHash trace = new TraceHash();
    private final SpanHistogram latencyNanos = Histograms.nanos();
    private final SpanHistogram inboxWaitNanos = Histograms.nanos();

    void reset() {
        trace.reset();
        latencyNanos.reset();
        inboxWaitNanos.reset();
    }

    void departed(long travelNanos) {
        latencyNanos.recordValue(Histograms.clip(travelNanos));
    }

    void delivered(long time, long sequence, int channel, Parcel parcel) {
        trace.delivered(time, sequence, channel, parcel);
    }

    void waited(long nanos) {
        inboxWaitNanos.recordValue(Histograms.clip(nanos));
    }

    long traceHash() {
        return trace.value();
    }

    Map<String, Histogram> histograms() {
        return Map.of(
                "signalLatencyNanos", latencyNanos.copy(),
                "inboxWaitNanos", inboxWaitNanos.copy());
    }

    void save(StateWriter out) {
        trace.save(out);
        latencyNanos.save(out);
        inboxWaitNanos.save(out);
    }

    void load(StateReader in) {
        trace.load(in);
        latencyNanos.load(in);
        inboxWaitNanos.load(in);
    }
}
