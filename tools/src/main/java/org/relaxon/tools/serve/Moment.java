package org.relaxon.tools.serve;

/**
 * A moment of a run of several phases.
 *
 * @param phase number of the phase, from 0
 * @param nanos virtual time since it began
 */
public record Moment(int phase, long nanos) {
    /** Before anything has happened. */
    public static final Moment BEGIN = new Moment(0, 0);

    boolean isAfter(Moment other) {
        return phase > other.phase || phase == other.phase && nanos > other.nanos;
    }

    /** The time of this moment in a phase that has it, and beyond all time in an earlier one. */
    long nanosIn(int number) {
        return number == phase ? nanos : Long.MAX_VALUE;
    }
}
