package org.relaxon.runtime.fault;

import org.relaxon.model.math.CounterRandom;
import org.relaxon.runtime.delay.Durations;

/**
 * Recurring outages: time is cut into periods, and in each of them every link is down for a while
 * that begins at a random moment, drawn for each link and period on its own.
 *
 * @param period nanoseconds of host time
 * @param length nanoseconds, less than the period
 */
public record Burst(long period, long length) {
    private static final long STREAM = 5L << 48;

    /**
     * Checks both spans.
     *
     * @param period nanoseconds of host time
     * @param length nanoseconds, less than the period
     * @throws IllegalArgumentException if the length is not greater than 0 and less than the period
     */
    public Burst {
        if (!(length > 0 && length < period)) {
            throw new IllegalArgumentException(
                    "burst: \"%s,%s\" needs 0 < length < period"
                            .formatted(Durations.format(period), Durations.format(length)));
        }
    }

    /**
     * Reads {@code PERIOD,LENGTH}, such as {@code 10ms,2ms}.
     *
     * @param text option value
     * @return the outages that the text describes
     * @throws IllegalArgumentException naming the text
     */
    public static Burst parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "burst: \"%s\" is not of the form PERIOD,LENGTH".formatted(text));
        }
        return new Burst(Durations.parse("burst", parts[0]), Durations.parse("burst", parts[1]));
    }

    /**
     * {@return whether a link is down at a moment} A pure function of its arguments.
     *
     * @param seed seed of the run
     * @param link index of the link
     * @param now nanoseconds of host time since the phase began
     */
    public boolean isDown(long seed, long link, long now) {
        long index = now / period;
        double u = CounterRandom.uniform(seed, STREAM + link, index);
        long begin = index * period + (long) (u * (period - length));
        return now >= begin && now < begin + length;
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return Durations.format(period) + "," + Durations.format(length);
    }
}
