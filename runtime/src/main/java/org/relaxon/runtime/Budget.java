package org.relaxon.runtime;

/**
 * The limits at which one settling is stopped with a verdict.
 *
 * @param messages signals between cells; hosts with one thread send at most this many
 * @param nanos host time: virtual on the virtual host, wall-clock on actors, sweeps on hosts that
 *     sweep
 * @param inFlight signals in flight at one moment, which bounds the memory of delay lines
 * @param relaxations relaxations of all cells together; cells that move by steps may relax without
 *     a message and, where there is no delay, without any time passing
 */
public record Budget(long messages, long nanos, int inFlight, long relaxations) {
    private static final long RELAXATIONS = 10_000_000L;

    /** Ten million messages and relaxations, a minute, four million signals in flight. */
    public static final Budget DEFAULT = new Budget(10_000_000L, 60_000_000_000L, 4_000_000);

    /**
     * Allows ten million relaxations, or as many as messages if those are more.
     *
     * @param messages signals between cells, greater than 0
     * @param nanos host time in nanoseconds, greater than 0
     * @param inFlight signals in flight at one moment, greater than 0
     */
    public Budget(long messages, long nanos, int inFlight) {
        this(messages, nanos, inFlight, Math.max(RELAXATIONS, messages));
    }

    /**
     * Checks the limits.
     *
     * @param messages signals between cells; hosts with one thread send at most this many
     * @param nanos host time: virtual on the virtual host, wall-clock on actors, sweeps on hosts
     *     that sweep
     * @param inFlight signals in flight at one moment, which bounds the memory of delay lines
     * @param relaxations relaxations of all cells together; cells that move by steps may relax
     *     without a message and, where there is no delay, without any time passing
     * @throws IllegalArgumentException naming the limit that is not greater than 0
     */
    public Budget {
        requirePositive("relaxations", relaxations);
        requirePositive("messages", messages);
        requirePositive("time", nanos);
        requirePositive("in-flight", inFlight);
    }

    /**
     * {@return the same budget with another limit on messages, and at least as many relaxations}
     *
     * @param limit signals between cells, greater than 0
     */
    public Budget withMessages(long limit) {
        return new Budget(limit, nanos, inFlight, Math.max(relaxations, limit));
    }

    /**
     * {@return the same budget with another limit on relaxations}
     *
     * @param limit relaxations of all cells together, greater than 0
     */
    public Budget withRelaxations(long limit) {
        return new Budget(messages, nanos, inFlight, limit);
    }

    /**
     * {@return the same budget with another limit on host time}
     *
     * @param limit host time in nanoseconds, greater than 0
     */
    public Budget withNanos(long limit) {
        return new Budget(messages, limit, inFlight, relaxations);
    }

    /** The rest of the budget after a settling; null if nothing is left. */
    Budget without(RunReport spent) {
        long signals = messages - spent.messages();
        long time = nanos - spent.hostNanos();
        long moves = relaxations - spent.relaxations();
        return signals > 0 && time > 0 && moves > 0
                ? new Budget(signals, time, inFlight, moves)
                : null;
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "budget-%s: %d must be at least 1".formatted(name, value));
        }
    }
}
