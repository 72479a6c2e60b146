package org.relaxon.runtime.delay;

/**
 * How long a signal travels, in nanoseconds of the host's time. A pure function of its arguments,
 * so that all hosts draw the same delay for the same signal and a replay draws it again: chance
 * comes from {@link org.relaxon.model.math.CounterRandom} alone, and nothing is remembered. Several
 * threads ask at once. Models of a user's own are made known by a {@link DelayFactory}.
 */
public interface DelayModel {
    /**
     * The travel time of one signal.
     *
     * @param seed of the run
     * @param link index of the link; negative for the probes of a detector
     * @param draw distinguishes the signals of one link; any value
     * @return nanoseconds, at least 0; more than {@link Delays#NANOS_MAX} counts as that
     */
    long nanos(long seed, long link, long draw);

    /**
     * {@return the travel time in a model in which size or moment matter; by default they do not}
     *
     * @param seed seed of the run
     * @param link index of the link
     * @param draw number of the draw on this link
     * @param numbers in the payload, at least 0
     * @param now moment of sending, nanoseconds of host time since the phase began
     */
    default long nanos(long seed, long link, long draw, int numbers, long now) {
        return nanos(seed, link, draw);
    }

    /**
     * {@return a typical travel time in nanoseconds, 0 to {@link Delays#NANOS_MAX}: the mean, or
     * the median where there is no mean, of a signal of one number} Pauses of cells and waits for
     * confirmations follow it by default.
     */
    long typicalNanos();

    /**
     * {@return whether {@link #typicalNanos} is the mean on every link and for signals of any size,
     * so that limits of steps under that mean may be predicted} By default nothing is.
     */
    default boolean statesMean() {
        return false;
    }

    /** {@return the text that {@link Delays#parse} reads back} */
    String spec();

    /** {@return one line that a user should know about the choice; empty if there is none} */
    default String remark() {
        return "";
    }
}
