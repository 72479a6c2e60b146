package org.relaxon.tools.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.runtime.metrics.HistogramLog;
import org.relaxon.runtime.metrics.SpanHistogram;
import org.relaxon.tools.output.HistogramName;

/** Percentiles of one histogram in {@code latency.hlog}, in the unit of its values. */
record Latency(String tag, long count, List<Double> values) {
    /** The percentiles in {@link #values}; the last is the maximum. */
    static final List<String> COLUMNS = List.of("p50", "p90", "p99", "p99.9", "max");

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final int HISTOGRAMS_MAX = 200;

    /**
     * Reads a histogram log.
     *
     * @throws IllegalArgumentException if it is not a histogram log
     */
    static List<Latency> read(byte[] log) {
        try {
            List<Latency> out = new ArrayList<>();
            HistogramLog.read(log).forEach((tag, h) -> out.add(of(tag, h)));
            return out.subList(0, Math.min(HISTOGRAMS_MAX, out.size()));
        } catch (IOException e) {
            throw new IllegalArgumentException("is not a histogram log: " + e.getMessage(), e);
        }
    }

    private static Latency of(String tag, SpanHistogram histogram) {
        List<Double> values = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            values.add((double) histogram.getValueAtPercentile(percentile));
        }
        return new Latency(tag.isEmpty() ? "untagged" : tag, histogram.getTotalCount(), values);
    }

    /** The name for display, with values in {@link #unit}. */
    String name() {
        return HistogramName.words(tag);
    }

    /** The unit for display: microseconds for values recorded in nanoseconds. */
    String unit() {
        return HistogramName.isOfNanos(tag) ? "us" : "as recorded";
    }

    /** The values in {@link #unit}; dashes if nothing was counted. */
    List<String> shown() {
        double scale = HistogramName.isOfNanos(tag) ? 1e-3 : 1.0;
        return values.stream().map(v -> count == 0 ? "-" : Shown.number(v * scale)).toList();
    }
}
