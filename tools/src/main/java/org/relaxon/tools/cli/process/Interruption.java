package org.relaxon.tools.cli.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.relaxon.tools.cli.text.Launcher;

/**
 * The user's request to stop: Ctrl-C, or SIGTERM or SIGHUP. The signals replace the JVM's own
 * shutdown, so that the command ends as usual: it stops the work, writes complete results, prints
 * the command that continues from there, and returns. If this is delayed, the process ends {@value
 * #LIMIT_SECONDS} seconds after the first signal ({@code -Drelaxon.stop.seconds=N} for another
 * number, such as on a machine that is overloaded), and at once after a second one.
 */
public final class Interruption implements AutoCloseable {
    /** The verdict of a stopped run, in every output. */
    public static final String VERDICT = "interrupted";

    private static final long LIMIT_SECONDS = 10;
    private static final long PERIOD_MILLIS = 50;

    /** Exit codes from here on are 128 and the number of a signal. */
    public static final int SIGNALLED = 128;

    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final Map<String, Object> before = new LinkedHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Interruption::thread);
    private volatile String signal; // the first; null for none
    private volatile Runnable onStop = () -> {};
    private volatile String next; // the command that continues; null for the same command

    private volatile String kept = "nothing to continue from"; // without such a command

    private final long limitMillis;
    private Boolean stopped; // null until a result was stated

    /** Not requested until {@link #ask}. */
    public Interruption() {
        this(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }

    private Interruption(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    /** {@return one that is requested by a signal to this process} */
    public static Interruption bySignals() {
        return bySignals(
                TimeUnit.SECONDS.toMillis(Long.getLong("relaxon.stop.seconds", LIMIT_SECONDS)));
    }

    /**
     * The same with another limit.
     *
     * @param limitMillis time after the first signal until the process ends in any case
     * @return one that is requested by a signal to this process
     */
    public static Interruption bySignals(long limitMillis) {
        Interruption out = new Interruption(limitMillis);
        NUMBERS.keySet()
                .forEach(
                        name -> out.before.put(name, Signals.register(name, () -> out.take(name))));
        return out;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "relaxon-interruption");
        thread.setDaemon(true);
        return thread;
    }

    private void take(String name) {
        if (asked()) {
            Runtime.getRuntime().halt(SIGNALLED + NUMBERS.get(name)); // requested twice
        }
        var unused = clock.schedule(this::giveUp, limitMillis, TimeUnit.MILLISECONDS);
        ask(name);
    }

    private void giveUp() {
        System.err.printf(
                "relaxon: the run did not stop within %.3g s of SIG%s; existing files"
                        + " are complete%s%n",
                limitMillis / 1e3,
                signal,
                next == null
                        ? ""
                        : "; tables may be older than the journal or checkpoint; go on with: "
                                + Launcher.typed(next));
        Runtime.getRuntime().halt(SIGNALLED + NUMBERS.get(signal));
    }

    /**
     * Requests the end.
     *
     * @param name of the signal, without SIG
     */
    public void ask(String name) {
        signal = name;
        // repeatedly: a settling that just begins discards earlier requests
        var unused =
                clock.scheduleWithFixedDelay(this::stop, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void stop() {
        try {
            onStop.run();
        } catch (RuntimeException e) {
            // the work to be stopped has just ended; an exception would end the repetition
        }
    }

    /** {@return whether the user has requested the end} */
    public boolean asked() {
        return signal != null;
    }

    /**
     * States what stops the work.
     *
     * @param action run on another thread, and more than once, when the user requests the end
     */
    public void onStop(Runnable action) {
        onStop = action;
    }

    /**
     * Records how to continue.
     *
     * @param command the one that continues from the written files, as results record it
     */
    public void goOnWith(String command) {
        next = command;
    }

    /**
     * Records what is there although no command continues from it.
     *
     * @param what is kept, and why no more is
     */
    public void keptAlone(String what) {
        kept = what;
    }

    /**
     * Whether the result is that of a stopped run. The first call decides, so that all outputs of a
     * run agree, whenever the signal comes.
     *
     * @return false for a result that is complete
     */
    public synchronized boolean stopped() {
        return concluded(false);
    }

    /**
     * The same, for a command that can determine that nothing is missing.
     *
     * @param whole true if there was nothing left to stop
     * @return false for a result that is complete
     */
    public synchronized boolean concluded(boolean whole) {
        if (stopped == null) {
            stopped = asked() && !whole;
        }
        return stopped;
    }

    /**
     * The exit code of a command.
     *
     * @param own its own
     * @return this, or 128 and the number of the signal
     */
    public int exitCode(int own) {
        return stopped() ? SIGNALLED + NUMBERS.get(signal) : own;
    }

    /**
     * One line on the cause of the end and the command that continues.
     *
     * @param same the command that was stopped, as results record it
     * @return the line
     */
    public String line(String same) {
        return "stopped by SIG%s; %s"
                .formatted(
                        signal,
                        next == null
                                ? kept + "; run again: " + Launcher.typed(same)
                                : "go on with: " + Launcher.typed(next));
    }

    /**
     * {@return the text after the line on a failure: the command that continues, if there is one}
     */
    public Optional<String> afterFailure() {
        return Optional.ofNullable(next)
                .map(
                        c ->
                                "what was finished is kept; with the same classes, go on with: "
                                        + Launcher.typed(c));
    }

    /** {@return the text after the line on a lost node: the command that continues, if any} */
    public Optional<String> goesOnWith() {
        return Optional.ofNullable(next)
                .map(c -> "what was finished is kept; go on with: " + Launcher.typed(c));
    }

    /** {@return how results state this, from now on} */
    public Stop stated() {
        return stopped() ? new Stop(true, exitCode(0), "SIG" + signal, next) : Stop.NONE;
    }

    /**
     * Replaces the verdict of an incomplete result.
     *
     * @param result to be extended
     */
    public void mark(ObjectNode result) {
        stated().fill(result);
    }

    /** Ends the repeated stops of work that has ended, where no signal is taken. */
    public void discard() {
        clock.shutdownNow();
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
        if (!asked()) {
            clock.shutdownNow(); // otherwise the limit runs until the process has ended
        }
    }
}
