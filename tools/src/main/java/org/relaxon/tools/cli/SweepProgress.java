package org.relaxon.tools.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.relaxon.experiments.sweep.SweepRow;

/**
 * How far a sweep is, on stderr: rows done, how many did not settle, time left at the pace so far.
 * On a terminal one line that changes, elsewhere a line now and then.
 */
final class SweepProgress {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long FILE_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clock;
    private final int before;
    private final int total;
    private final long start;
    private long said;
    private int done;
    private int unsettled;

    /**
     * @param before rows that need not be run
     * @param total rows, those included
     * @param clock nanoseconds
     */
    SweepProgress(PrintWriter err, boolean terminal, int before, int total, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.before = before;
        this.total = total;
        start = clock.getAsLong();
        said = start;
    }

    /** A row more. */
    synchronized void finished(SweepRow row) {
        done++;
        unsettled += row.settled() ? 0 : 1;
        long now = clock.getAsLong();
        if (now - said >= (terminal ? TERMINAL_NANOS : FILE_NANOS)) {
            said = now;
            err.print(terminal ? "\r" + line(now) + "   " : line(now) + "\n");
            err.flush();
        }
    }

    /** Ends the line on a terminal. */
    synchronized void close() {
        if (terminal && done > 0) {
            err.println("\r" + line(clock.getAsLong()) + "   ");
            err.flush();
        }
    }

    private String line(long now) {
        long left = Math.round((double) (now - start) / done * (total - before - done));
        return String.format(
                Locale.ROOT,
                "%d of %d rows, %d not settled, %s left",
                before + done,
                total,
                unsettled,
                span(left / NANOS_PER_SECOND));
    }

    private static String span(long seconds) {
        return seconds >= 3600
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
