package org.relaxon.runtime.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.runtime.metrics.Histograms;
import org.relaxon.runtime.metrics.SpanHistogram;

/** Writes down histograms of time spans, each with its largest value. */
final class HistogramForm {
    private HistogramForm() {}

    static Consumer<StateWriter> saving(Map<String, Histogram> histograms) {
        return out -> out.writeNamed(histograms, HistogramForm::save);
    }

    private static void save(Histogram one, StateWriter out) {
        SpanHistogram spans = Histograms.nanos();
        spans.add(one);
        spans.save(out);
    }

    /** {@return histograms by name} */
    static Map<String, Histogram> load(StateReader in) {
        return new HashMap<>(in.readNamed(HistogramForm::loadOne));
    }

    private static Histogram loadOne(StateReader in) {
        SpanHistogram out = Histograms.nanos();
        out.load(in);
        return out;
    }
}
