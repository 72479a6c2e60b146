package org.relaxon.tools.output;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The percentiles of a histogram in the text form that HdrHistogram's plotter reads. Unlike the
 * output of HdrHistogram's own writer, no value exceeds the largest recorded one.
 */
final class PercentileText {
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private PercentileText() {}

    /**
     * @param unit values per printed unit
     */
    static void print(PrintStream out, Histogram histogram, double unit) {
        out.printf(
                Locale.ROOT,
                "%12s %14s %10s %14s%n%n",
                "Value",
                "Percentile",
                "TotalCount",
                "1/(1-Percentile)");
        for (HistogramIterationValue at : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            double value = Math.min(at.getValueIteratedTo(), histogram.getMaxValue()) / unit;
            double share = at.getPercentileLevelIteratedTo() / 100.0;
            long count = at.getTotalCountToThisValue();
            if (share < 1.0) {
                out.printf(
                        Locale.ROOT,
                        "%12.3f %2.12f %10d %14.2f%n",
                        value,
                        share,
                        count,
                        1.0 / (1.0 - share));
            } else {
                out.printf(Locale.ROOT, "%12.3f %2.12f %10d%n", value, share, count);
            }
        }
        out.printf(
                Locale.ROOT,
                "#[Mean    = %12.3f, StdDeviation   = %12.3f]%n",
                histogram.getMean() / unit,
                histogram.getStdDeviation() / unit);
        out.printf(
                Locale.ROOT,
                "#[Max     = %12.3f, Total count    = %12d]%n",
                histogram.getMaxValue() / unit,
                histogram.getTotalCount());
    }
}
