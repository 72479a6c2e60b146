package org.relaxon.tools.cli.run;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.relaxon.tools.cli.option.OutputOptions;

/**
 * Progress of a list of runs, on stderr: runs done, runs that did not settle, time left at the
 * present pace. A bar on a terminal, elsewhere a line from time to time. Thread-safe.
 */
public final class WorkProgress implements AutoCloseable {
    private static final long SILENCE_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PrintWriter err; // null for no output
    private final ProgressBar bar; // null without a terminal
    private final String what;
    private final int before;
    private final int total;
    private final LongSupplier clock;
    private final long start;
    private long printed;
    private int done;
    private int unsettled;

    private WorkProgress(
            PrintWriter err,
            ProgressBar bar,
            String what,
            int before,
            int total,
            LongSupplier clock) {
        this.err = err;
        this.bar = bar;
        this.what = what;
        this.before = before;
        this.total = total;
        this.clock = clock;
        start = clock.getAsLong();
        printed = start;
    }

    /**
     * Progress as the output requires: nothing if it is quiet, a bar on a terminal.
     *
     * @param output how talkative
     * @param err to print lines to
     * @param what name of the runs, in the plural
     * @param total number of all runs
     * @return the progress, to be closed
     */
    public static WorkProgress of(OutputOptions output, PrintWriter err, String what, int total) {
        return of(output, err, what, 0, total);
    }

    /**
     * The same if some of the runs were made earlier.
     *
     * @param output how talkative
     * @param err to print lines to
     * @param what name of the runs, in the plural
     * @param before number of these
     * @param total number of all runs, including these
     * @return the progress, to be closed
     */
    public static WorkProgress of(
            OutputOptions output, PrintWriter err, String what, int before, int total) {
        ProgressBar bar =
                output.progress()
                        ? new ProgressBarBuilder()
                                .setTaskName(what)
                                .startsFrom(before, java.time.Duration.ZERO)
                                .setInitialMax(total)
                                .setStyle(ProgressBarStyle.ASCII)
                                .build()
                        : null;
        PrintWriter lines = output.quiet() || bar != null ? null : err;
        return new WorkProgress(lines, bar, what, before, total, System::nanoTime);
    }

    /** As lines. */
    static WorkProgress lines(
            PrintWriter err, String what, int before, int total, LongSupplier clock) {
        return new WorkProgress(err, null, what, before, total, clock);
    }

    /**
     * Prints at once how much there is to do, if it is known to be much.
     *
     * @return this
     */
    public WorkProgress begun() {
        if (err != null) {
            err.println("%d of %d %s".formatted(before, total, what));
            err.flush();
        }
        return this;
    }

    /** One more run is done. */
    public void finished() {
        finished(true);
    }

    /**
     * One more run is done.
     *
     * @param settled whether it settled
     */
    public synchronized void finished(boolean settled) {
        done++;
        unsettled += settled ? 0 : 1;
        if (bar != null) {
            bar.setExtraMessage(lost());
            bar.step();
        }
        long now = clock.getAsLong();
        if (err != null && now - printed >= SILENCE_NANOS) {
            printed = now;
            err.println(line(now));
            err.flush();
        }
    }

    private String line(long now) {
        long left = Math.round((double) (now - start) / done * (total - before - done));
        return "%d of %d %s%s, %s left"
                .formatted(before + done, total, what, lost(), span(left / NANOS_PER_SECOND));
    }

    private String lost() {
        return unsettled == 0 ? "" : ", %d not settled".formatted(unsettled);
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

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
