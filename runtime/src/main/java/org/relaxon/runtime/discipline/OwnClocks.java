package org.relaxon.runtime.discipline;

import java.util.Set;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.guard.OwnParts;

/** The checks of a clock: once when a user's clock is read, and at every turn. */
final class OwnClocks {
    private static final int CELLS = 3;
    private static final int TURNS = 16;

    private OwnClocks() {}

    /**
     * @param library names of the library's disciplines
     */
    static OwnParts<Clock> found(Set<String> library) {
        return OwnParts.of(
                "discipline", ClockFactory.class, library, Clock::spec, OwnClocks::requireContract);
    }

    private static void requireContract(Clock clock) {
        requireMean(clock);
        for (long cell = 0; cell < CELLS; cell++) {
            for (long turn = 0; turn < TURNS; turn++) {
                long first = nanos(clock, 1, cell, turn);
                long second = nanos(clock, 1, cell, turn);
                if (first != second) {
                    throw new OwnPartException(
                            "discipline: %s waits %d ns and then %d ns for the same turn; it has to"
                                            .formatted(clock.spec(), first, second)
                                    + " be a pure function of its arguments");
                }
            }
        }
    }

    /** Refuses an invalid mean; one longer than any wait counts as the longest. */
    static void requireMean(Clock clock) {
        double mean;
        try {
            mean = clock.meanNanos();
            clock.countsFromNews();
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of("discipline: " + clock.spec(), e);
        }
        if (!(mean >= 0)) {
            throw new IllegalArgumentException(
                    "discipline: the mean wait of %s in ns is %s, not at least 0"
                            .formatted(clock.spec(), Numeral.inSentence(mean)));
        }
    }

    static long nanos(Clock clock, long seed, long cell, long turn) {
        long nanos;
        try {
            nanos = clock.nanos(seed, cell, turn);
        } catch (RuntimeException | Error e) {
            throw OwnPartException.of("discipline: " + clock.spec(), e);
        }
        if (nanos < 0) {
            throw new OwnPartException(
                    "discipline: %s waits %d ns before turn %d of cell %d; it has to be at least 0"
                            .formatted(clock.spec(), nanos, turn, cell));
        }
        return Math.min(nanos, Delays.NANOS_MAX);
    }
}
