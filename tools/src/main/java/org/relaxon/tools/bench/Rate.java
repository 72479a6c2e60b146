package org.relaxon.tools.bench;

import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Session;

/**
 * Delivered signals per second of a session that settles one phase again and again, whether it
 * comes to rest or not.
 */
final class Rate {
    private final Session session;
    private final Phase phase;
    private final Budget budget;
    private final Settlings settlings;
    private long delivered;
    private long nanos;

    Rate(Session session, Phase phase, Budget budget, Settlings settlings) {
        this.session = session;
        this.phase = phase;
        this.budget = budget;
        this.settlings = settlings;
    }

    /** Rates of two sessions, which settle in turn; which of them is first alternates. */
    static double[] inTurn(Rate one, Rate other, long nanos) {
        boolean oneFirst = true;
        boolean goesOn = true;
        while (goesOn && Math.min(one.nanos, other.nanos) < nanos) {
            goesOn = oneFirst ? one.settle() && other.settle() : other.settle() && one.settle();
            oneFirst = !oneFirst;
        }
        return new double[] {one.perSecond(), other.perSecond()};
    }

    double over(long least) {
        while (nanos < least && settle()) {}
        return perSecond();
    }

    /** Settles once; false if a stop is requested, because the settling may not have begun. */
    private boolean settle() {
        settlings.settled(session, phase, budget);
        if (settlings.isStopped()) {
            return false;
        }
        delivered += session.report().delivered();
        nanos += session.report().wallNanos();
        return true;
    }

    private double perSecond() {
        return delivered * 1e9 / nanos;
    }
}
