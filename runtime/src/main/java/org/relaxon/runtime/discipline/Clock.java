package org.relaxon.runtime.discipline;

import org.relaxon.model.math.CounterRandom;

/**
 * A discipline that each cell follows independently: when it may relax again, whatever its
 * neighbours do. A pure function of its arguments, so that all hosts wait equally long and a replay
 * repeats the waits; no state is kept, and several threads call at once. A cell without work does
 * not relax at its turn. A {@link ClockFactory} makes a user's own clocks available; protocols in
 * which cells answer one another belong to the library.
 */
public interface Clock {
    /**
     * How long a cell waits for its next turn, from the end of its last one, or of the beginning of
     * the phase; {@link #countsFromNews} lets it wait from a later moment.
     *
     * @param seed of the run
     * @param cell index of the cell
     * @param turn turns that the cell has had in this phase
     * @return nanoseconds of host time, at least 0; larger values count as {@link
     *     org.relaxon.runtime.delay.Delays#NANOS_MAX}
     */
    long nanos(long seed, long cell, long turn);

    /**
     * {@return whether a cell waits from the moment at which it has work, if that is later than the
     * end of its last turn} A memoryless clock waits in this way, since its next tick is equally
     * far away at any moment.
     */
    default boolean countsFromNews() {
        return false;
    }

    /**
     * {@return the mean of {@link #nanos} over turns, nanoseconds, finite and at least 0} A parcel
     * that is kept back until the next one has overtaken it waits for several of these. /
     */
    double meanNanos();

    /** {@return the text that {@link Discipline#parse} reads back} */
    String spec();

    /**
     * Uniform in [0, 1), drawn for one turn of a cell.
     *
     * @param seed of the run
     * @param cell index of the cell
     * @param turn turns that the cell has had in this phase
     * @return a number in [0, 1), the same for the same arguments
     */
    static double uniform(long seed, long cell, long turn) {
        return CounterRandom.uniform(seed, PoissonClock.STREAM + cell, turn);
    }
}
