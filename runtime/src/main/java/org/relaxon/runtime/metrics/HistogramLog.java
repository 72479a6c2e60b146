package org.relaxon.runtime.metrics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads histogram logs (format 1.3 of HdrHistogram): the intervals of each tag are summed. The
 * largest value is that in the column {@code Interval_Max}, which writers scale by their own
 * factor; if it fits no bucket at a factor of 1, 10^3, 10^6 or 10^9, the end of the bucket is used.
 */
public final class HistogramLog {
    /** The name of intervals without a tag. */
    public static final String UNTAGGED = "";

    private static final Pattern INTERVAL =
            Pattern.compile("(?:Tag=[^,]*,)?[^,]*,[^,]*,([0-9.]+),[^,]+");
    private static final double[] FACTORS = {1, 1e3, 1e6, 1e9};

    private HistogramLog() {}

    /**
     * Reads a log.
     *
     * @param log content of a file, ISO 8859-1
     * @return histograms by tag, in the order of their first interval
     * @throws IOException if a line cannot be read
     */
    public static Map<String, SpanHistogram> read(byte[] log) throws IOException {
        List<Double> maxima = maxima(new String(log, StandardCharsets.ISO_8859_1));
        Map<String, SpanHistogram> sums = new LinkedHashMap<>();
        int read = 0;
        try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (next != null) {
                if (!(next instanceof Histogram histogram) || read == maxima.size()) {
                    throw new IOException("an interval does not hold whole numbers");
                }
                String tag = histogram.getTag() == null ? UNTAGGED : histogram.getTag();
                SpanHistogram sum = sums.get(tag);
                sums.put(tag, add(sum, histogram, largest(histogram, maxima.get(read))));
                read++;
                next = reader.nextIntervalHistogram();
            }
        } catch (RuntimeException e) {
            // the decoder reports bad input by various exceptions
            throw new IOException(e.getMessage(), e);
        }
        if (read != maxima.size()) { // the reader ends silently at a line it cannot read
            throw new IOException("only %d of %d lines can be read".formatted(read, maxima.size()));
        }
        return sums;
    }

    /** The sum, with as many digits as the finer of the two. */
    private static SpanHistogram add(SpanHistogram sum, Histogram interval, long largest) {
        int digits = interval.getNumberOfSignificantValueDigits();
        SpanHistogram out = sum;
        if (sum == null || sum.getNumberOfSignificantValueDigits() < digits) {
            out = new SpanHistogram(digits);
            if (sum != null) {
                out.add(sum);
            }
        }
        out.add(interval, largest);
        return out;
    }

    /** The column Interval_Max of every line that is neither a comment nor the legend. */
    private static List<Double> maxima(String log) throws IOException {
        List<Double> out = new ArrayList<>();
        for (String line : log.lines().toList()) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith("\"")) {
                continue;
            }
            Matcher m = INTERVAL.matcher(line);
            try {
                out.add(m.matches() ? Double.parseDouble(m.group(1)) : Double.NaN);
            } catch (NumberFormatException e) {
                throw new IOException("a line has the maximum " + m.group(1), e);
            }
        }
        return out;
    }

    private static long largest(AbstractHistogram histogram, double column) {
        long end = histogram.getMaxValue();
        for (double factor : FACTORS) {
            long value = Math.round(column * factor);
            if (value <= end && value >= histogram.lowestEquivalentValue(end)) {
                return value;
            }
        }
        return end;
    }
}
