package org.relaxon.tools.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a list of runs is, on stderr: a bar on a terminal; elsewhere a line at the start and then
 * now and again, with the time left at the pace so far. Thread-safe.
 */
final class WorkProgress implements AutoCloseable {
    private static final long SILENCE_NANOS = 10_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter err; // null for nobody
    private final ProgressBar bar; // null without a terminal
    private final String what;
    private final int total;
    private final LongSupplier clock;
    private final long start;
    private long said;
    private int done;

    private WorkProgress(
            PrintWriter err, ProgressBar bar, String what, int total, LongSupplier clock) {
        this.err = err;
        this.bar = bar;
        this.what = what;
        this.total = total;
        this.clock = clock;
        start = clock.getAsLong();
        said = start;
    }

    /**
     * As an output wants it: nothing if it is quiet, a bar if somebody watches.
     *
     * @param what the runs are, in the plural
     */
    static WorkProgress of(OutputOptions output, PrintWriter err, String what, int total) {
        ProgressBar bar =
                output.progress()
                        ? new ProgressBarBuilder()
                                .setTaskName(what)
                                .setInitialMax(total)
                                .setStyle(ProgressBarStyle.ASCII)
                                .build()
                        : null;
        PrintWriter lines = output.quiet() || bar != null ? null : err;
        return new WorkProgress(lines, bar, what, total, System::nanoTime).begun();
    }

    /** In lines. */
    static WorkProgress lines(PrintWriter err, String what, int total, LongSupplier clock) {
        return new WorkProgress(err, null, what, total, clock).begun();
    }

    private WorkProgress begun() {
        if (err != null) {
            err.println("0 of %d %s".formatted(total, what));
            err.flush();
        }
        return this;
    }

    /** One run more. */
    synchronized void finished() {
        done++;
        if (bar != null) {
            bar.step();
        }
        long now = clock.getAsLong();
        if (err != null && now - said >= SILENCE_NANOS) {
            said = now;
            double left = (now - start) / NANOS_PER_SECOND / done * (total - done);
            err.printf(Locale.ROOT, "%d of %d %s, %.0f s left%n", done, total, what, left);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
