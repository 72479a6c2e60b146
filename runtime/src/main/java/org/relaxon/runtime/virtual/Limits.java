package org.relaxon.runtime.virtual;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;

/** What a phase has used of its budget, and why it must stop. */
final class Limits {
    private Budget budget;
    private long counted; // parcels, repetitions included
    private boolean spent; // a parcel was refused because the message budget is spent
    private long relaxations;
    private Reason died;
    private volatile boolean cancelled;

    void begin(Budget limits) {
        budget = limits;
        counted = 0;
        spent = false;
        relaxations = 0;
        died = null;
        cancelled = false;
    }

    /** The time at which the phase must stop, nanoseconds since it began. */
    long nanos() {
        return budget.nanos();
    }

    /** Counts a parcel; false if the budget has no room for it. */
    boolean admits() {
        spent |= counted >= budget.messages();
        counted += spent ? 0 : 1;
        return !spent;
    }

    void relaxed() {
        relaxations++;
    }

    /** A cell is lost. */
    void died() {
        died = Reason.CELL_LOST;
    }

    /** Thread-safe. */
    void cancel() {
        cancelled = true;
    }

    /** Why the phase must stop, with so many events in flight; null if it need not. */
    Reason reached(int inFlight) {
        if (spent) {
            return Reason.MESSAGE_BUDGET;
        }
        if (relaxations > budget.relaxations()) {
            return Reason.RELAXATION_BUDGET;
        }
        if (inFlight > budget.inFlight()) {
            return Reason.IN_FLIGHT_BUDGET;
        }
        return cancelled ? Reason.CANCELLED : died;
    }

    /** Writes down what has been used; the budget is not part of it. */
    void save(StateWriter out) {
        out.writeLong(counted);
        out.writeBoolean(spent);
        out.writeLong(relaxations);
        out.writeBoolean(died != null);
        out.writeBoolean(cancelled);
    }

    /** Reads it back; the budget has begun. */
    void load(StateReader in) {
        counted = in.readLong();
        spent = in.readBoolean();
        relaxations = in.readLong();
        died = in.readBoolean() ? Reason.CELL_LOST : null;
        cancelled = in.readBoolean();
    }
}
