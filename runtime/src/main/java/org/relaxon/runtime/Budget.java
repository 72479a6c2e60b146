package org.relaxon.runtime;

/**
 * What one settling may spend before it is stopped with a verdict.
 *
 * @param messages signals between cells
 * @param nanos host time: virtual on the virtual host, wall-clock on actors, sweeps on hosts that
 *     sweep
 * @param inFlight signals under way at one moment, which bounds the memory of delay lines
 */
public record Budget(long messages, long nanos, int inFlight) {
    /** Ten million messages, a minute, four million signals in flight. */
    public static final Budget DEFAULT = new Budget(10_000_000L, 60_000_000_000L, 4_000_000);

    public Budget {
        requirePositive("messages", messages);
        requirePositive("time", nanos);
        requirePositive("in-flight", inFlight);
    }

    /** The same budget with another limit on messages. */
    public Budget withMessages(long limit) {
        return new Budget(limit, nanos, inFlight);
    }

    /** The same budget with another limit on host time. */
    public Budget withNanos(long limit) {
        return new Budget(messages, limit, inFlight);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "budget-%s: %d must be at least 1".formatted(name, value));
        }
    }
}
