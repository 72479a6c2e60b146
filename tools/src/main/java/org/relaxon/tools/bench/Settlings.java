package org.relaxon.tools.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Session;

/** Outcomes of the settlings of one benchmark. May be used by several threads. */
final class Settlings {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicReference<String> why = new AtomicReference<>("");

    private final BooleanSupplier stop;

    /**
     * @param stop polled before every settling; once true, no settling begins
     */
    Settlings(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** Settles; returns null if the settling failed within the budget, or was stopped. */
    Settled settled(Session session, Phase phase, Budget budget) {
        if (stop.getAsBoolean()) {
            return null;
        }
        return count(session.settle(phase, budget));
    }

    /** Counts a verdict; null if it is none of a settled state. */
    Settled count(Settlement verdict) {
        count.incrementAndGet();
        if (verdict instanceof Settled done) {
            settled.incrementAndGet();
            return done;
        }
        if (verdict instanceof NotSettled not) {
            why.compareAndSet("", not.reason().reportName() + ", " + not.detail());
        }
        return null;
    }

    boolean isStopped() {
        return stop.getAsBoolean();
    }

    /** True if no settling has failed. */
    boolean all() {
        return settled.get() == count.get();
    }

    long settled() {
        return settled.get();
    }

    long count() {
        return count.get();
    }

    /** Reason of the first settling that failed; empty if none has. */
    String why() {
        return why.get();
    }
}
