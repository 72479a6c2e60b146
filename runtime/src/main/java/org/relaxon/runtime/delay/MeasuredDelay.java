package org.relaxon.runtime.delay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.relaxon.model.math.CounterRandom;

/** Travel times drawn from the histograms of a recorded run, all intervals of a log together. */
final class MeasuredDelay implements DelayModel {
    private static final long BYTES_MAX = 64L << 20;

    private final String spec;
    private final Histogram measured;

    private MeasuredDelay(String spec, Histogram measured) {
        this.spec = spec;
        this.measured = measured;
    }

    /**
     * Reads a histogram log of nanoseconds.
     *
     * @throws IllegalArgumentException in one line if it cannot be read or holds no value
     */
    static DelayModel read(Path file) {
        Histogram sum = new Histogram(Delays.NANOS_MAX, 3);
        sum.setAutoResize(true);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                throw new IOException("not a regular file of at most 64 MiB");
            }
            addAll(file, sum);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "delay: %s is not a readable histogram log".formatted(file), e);
        }
        if (sum.getTotalCount() == 0) {
            throw new IllegalArgumentException("delay: %s holds no measured value".formatted(file));
        }
        return new MeasuredDelay("measured:" + file, sum);
    }

    private static void addAll(Path file, Histogram sum) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                HistogramLogReader reader = new HistogramLogReader(in)) {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (next != null) {
                if (next instanceof Histogram histogram) {
                    sum.add(histogram);
                }
                next = reader.nextIntervalHistogram();
            }
        }
    }

    @Override
    public long nanos(long seed, long link, long draw) {
        double u = CounterRandom.uniform(seed, link, draw);
        return Math.min(Delays.NANOS_MAX, measured.getValueAtPercentile(100.0 * u));
    }

    @Override
    public long typicalNanos() {
        return Delays.clip(measured.getMean());
    }

    @Override
    public String spec() {
        return spec;
    }
}
