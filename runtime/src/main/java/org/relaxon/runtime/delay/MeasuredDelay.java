package org.relaxon.runtime.delay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
        long intervals;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            intervals = lines.filter(MeasuredDelay::isInterval).count();
        }
        long read = 0;
        try (InputStream in = Files.newInputStream(file);
                HistogramLogReader reader = new HistogramLogReader(in)) {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (next != null) {
                if (!(next instanceof Histogram histogram)) {
                    throw new IOException("an interval does not hold whole numbers");
                }
                sum.add(histogram);
                read++;
                next = reader.nextIntervalHistogram();
            }
            if (read != intervals) {
                throw new IOException("only %d of %d lines can be read".formatted(read, intervals));
            }
        }
    }

    /** Neither a comment nor the legend; the reader ends silently at a line it cannot read. */
    private static boolean isInterval(String line) {
        return !line.isBlank() && !line.startsWith("#") && !line.startsWith("\"");
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
