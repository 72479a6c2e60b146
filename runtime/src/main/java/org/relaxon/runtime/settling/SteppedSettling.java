package org.relaxon.runtime.settling;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.wire.Kind;
import org.relaxon.runtime.wire.Wire;

/**
 * One settling, run in steps: the runs between audits, and the audits between runs, in the order in
 * which {@link SettlingSession#settle} has them.
 */
final class SteppedSettling implements Stepping {
    private final SteppedRunner runner;
    private final SavedSettling asked;
    private final Audits audits;
    private final Consumer<StateWriter> preface;
    private final Runnable requireOpen;
    private final LongFunction<Settlement> conclude;
    private long wallNanos; // in steps, not between them
    private boolean inside; // a step is in progress
    private Throwable failure; // null unless an exception has ended the settling
    private Settlement verdict; // null while the settling goes on
    private long lastHostNanos; // at its end
    private long lastInFlight; // at its end

    /**
     * @param runner its run has been opened, or will be loaded
     * @param preface writes down what precedes the states
     * @param requireOpen throws if the session is closed
     * @param wallNanos time that opening took
     * @param conclude makes the verdict, given the wall-clock time of the settling
     */
    SteppedSettling(
            SteppedRunner runner,
            SavedSettling asked,
            Audits audits,
            Consumer<StateWriter> preface,
            long wallNanos,
            Runnable requireOpen,
            LongFunction<Settlement> conclude) {
        this.runner = runner;
        this.asked = asked;
        this.audits = audits;
        this.preface = preface;
        this.wallNanos = wallNanos;
        this.requireOpen = requireOpen;
        this.conclude = conclude;
    }

    @Override
    public boolean step(long events) {
        if (events < 1) {
            throw new IllegalArgumentException("events: %d is not at least 1".formatted(events));
        }
        if (verdict != null) {
            return false;
        }
        requireReady("step");
        long began = System.nanoTime();
        inside = true;
        try {
            run(events, began);
            wallNanos += System.nanoTime() - began;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            inside = false;
            if (isOver()) {
                lastHostNanos = runner.hostNanos();
                lastInFlight = parcels();
            }
        }
        return verdict == null;
    }

    private void run(long events, long began) {
        long left = events;
        do {
            left -= runner.step(left);
            if (!runner.hasEnded()) {
                return; // enough are run
            }
            if (audits.goOn(runner.stopped())) {
                runner.reopen(audits.resent(), audits.pause());
            } else {
                verdict = conclude.apply(wallNanos + System.nanoTime() - began);
            }
        } while (verdict == null);
    }

    /** An exception has ended this settling. */
    boolean hasFailed() {
        return failure != null;
    }

    private void requireReady(String use) {
        requireOpen.run();
        if (failure != null) {
            throw new IllegalStateException(
                    use + ": an exception has ended this settling", failure);
        }
        if (inside) {
            throw new IllegalStateException(
                    "%s: an event of this settling cannot %s it".formatted(use, use));
        }
    }

    @Override
    public byte[] save() {
        if (verdict != null) {
            throw new IllegalStateException("save: this settling has its verdict");
        }
        requireReady("save");
        return Wire.bytes(
                Kind.SETTLING,
                out -> {
                    preface.accept(out);
                    audits.save(out);
                    out.writeLong(wallNanos);
                    runner.save(out);
                });
    }

    /** Reads what {@link #save} has written after the preface. */
    void load(StateReader in) {
        audits.load(in);
        wallNanos = in.readLong();
        runner.load(in, asked.phaseId(), asked.phase(), asked.budget());
    }

    Phase phase() {
        return asked.phase();
    }

    @Override
    public long hostNanos() {
        return isOver() ? lastHostNanos : runner.hostNanos();
    }

    @Override
    public long inFlight() {
        return isOver() ? lastInFlight : parcels();
    }

    /** The counts of the runner may then be those of another settling. */
    private boolean isOver() {
        return verdict != null || failure != null;
    }

    private long parcels() {
        CellCounters counters = runner.counters();
        return counters.sent + counters.wakeUps - counters.received;
    }

    @Override
    public Settlement finish() {
        boolean more;
        do {
            more = step(Long.MAX_VALUE);
        } while (more);
        return verdict;
    }
}
