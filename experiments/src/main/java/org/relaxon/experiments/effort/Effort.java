package org.relaxon.experiments.effort;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The limit on the multiplications of a computation, and the request to stop it. Solvers call
 * {@link #spend} before each product or factorisation; the caller that starts one sets the limit.
 * The effort belongs to the thread, like the interruption flag, so that solvers need not pass it
 * on; outside any scope nothing is limited.
 *
 * <p>Counting work instead of time makes a computation stop at the same place on every machine.
 */
public final class Effort {
    /** For one certificate: seconds. */
    public static final long CERTIFICATE = 5_000_000_000L;

    /** For one reference gradient: less than a minute. */
    public static final long REFERENCE = 30_000_000_000L;

    /** For the second derivatives of all columns of one estimate: less than a minute. */
    public static final long CURVATURE = 30_000_000_000L;

    private static final ThreadLocal<Effort> CURRENT = new ThreadLocal<>();

    /** Multiplications between two checks of the flag. */
    private static final long LOOK = 1_000_000L;

    private final Effort outer; // null for the outermost
    private final long limit;
    private final BooleanSupplier stop;
    private long spent;
    private long looked;

    private Effort(Effort outer, long limit, BooleanSupplier stop) {
        this.outer = outer;
        this.limit = limit;
        this.stop = stop;
    }

    /**
     * Runs work on this thread that ends when {@code stop} is true.
     *
     * @param <T> type of the result
     * @param stop polled whenever the work spends multiplications, possibly on other threads
     * @param work to be run
     * @return the result of the work
     * @throws GaveUpException if a stop is requested
     */
    public static <T> T until(BooleanSupplier stop, Supplier<T> work) {
        return scoped(Long.MAX_VALUE, stop, work);
    }

    /**
     * Runs work on this thread within a number of multiplications, and within every limit around
     * it.
     *
     * @param <T> type of the result
     * @param multiplications limit, at least 0
     * @param work to be run
     * @return the result of the work
     * @throws GaveUpException if they do not suffice or a stop is requested
     */
    public static <T> T within(long multiplications, Supplier<T> work) {
        return scoped(multiplications, () -> false, work);
    }

    private static <T> T scoped(long limit, BooleanSupplier stop, Supplier<T> work) {
        Effort outer = CURRENT.get();
        CURRENT.set(new Effort(outer, limit, stop));
        try {
            return work.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /**
     * Announces multiplications that are about to be made.
     *
     * @param multiplications number to be made, at least 0
     * @throws GaveUpException if there is no effort left for them or a stop is requested
     */
    public static void spend(long multiplications) {
        Effort one = CURRENT.get();
        while (one != null) {
            one.take(multiplications);
            one = one.outer;
        }
    }

    /** {@return true if a stop of the work on this thread was requested} */
    public static boolean isStopAsked() {
        return isStopAsked(CURRENT.get());
    }

    /**
     * {@return the same query about the work that is on this thread now, to be used on any thread}
     */
    public static BooleanSupplier stopOfThisThread() {
        Effort innermost = CURRENT.get();
        return () -> isStopAsked(innermost);
    }

    private static boolean isStopAsked(Effort innermost) {
        for (Effort one = innermost; one != null; one = one.outer) {
            if (one.stop.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private void take(long multiplications) {
        if (multiplications > limit - spent) {
            throw new GaveUpException(
                    String.format(
                            Locale.ROOT, "gave up: needs more than %.0e products", (double) limit),
                    false);
        }
        spent += multiplications;
        looked += multiplications;
        if (looked >= LOOK) {
            looked = 0;
            if (stop.getAsBoolean()) {
                throw new GaveUpException("gave up: cancelled", true);
            }
        }
    }
}
