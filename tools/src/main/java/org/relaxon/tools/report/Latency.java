package org.relaxon.tools.report;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;

/** Percentiles of one histogram in {@code latency.hlog}, in the unit of its values. */
record Latency(String tag, long count, List<Double> values) {
    /** The percentiles in {@link #values}; the last is the maximum. */
    static final List<String> COLUMNS = List.of("p50", "p90", "p99", "p99.9", "max");

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final int HISTOGRAMS_MAX = 200;

    /**
     * Reads a histogram log.
     *
     * @throws IllegalArgumentException if it is none
     */
    static List<Latency> read(byte[] log) {
        List<Latency> out = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
            while (reader.hasNext() && out.size() < HISTOGRAMS_MAX) {
                EncodableHistogram next = reader.nextIntervalHistogram();
                if (next instanceof AbstractHistogram histogram) {
                    out.add(of(histogram));
                }
            }
        } catch (RuntimeException e) {
            // The decoder reports what it does not understand by whatever failed in it.
            throw new IllegalArgumentException("is no histogram log: " + e.getMessage(), e);
        }
        return out;
    }

    private static Latency of(AbstractHistogram histogram) {
        List<Double> values = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            values.add((double) histogram.getValueAtPercentile(percentile));
        }
        String tag = histogram.getTag() == null ? "untagged" : histogram.getTag();
        return new Latency(tag, histogram.getTotalCount(), values);
    }

    /** The unit that a reader wants: microseconds for what is recorded in nanoseconds. */
    String unit() {
        return tag.endsWith("Nanos") ? "us" : "as recorded";
    }

    /** The values in {@link #unit}; dashes if nothing was counted. */
    List<String> shown() {
        double scale = tag.endsWith("Nanos") ? 1e-3 : 1.0;
        return values.stream().map(v -> count == 0 ? "-" : Shown.number(v * scale)).toList();
    }
}
