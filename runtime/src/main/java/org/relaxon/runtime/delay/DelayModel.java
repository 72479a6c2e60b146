package org.relaxon.runtime.delay;

/**
 * How long a signal travels, in nanoseconds of the host's time. A pure function of its arguments,
 * so that all hosts draw the same delay for the same signal and a replay draws it again: randomness
 * comes only from {@link org.relaxon.model.math.CounterRandom}, and no state is kept. Called by
 * several threads at once. A {@link DelayFactory} makes a user's own models available.
 */
public interface DelayModel {
    /**
     * The travel time of one signal.
     *
     * @param seed of the run
     * @param link index of the link; negative for the probes of a detector
     * @param draw distinguishes the signals of one link; any value
     * @return nanoseconds, at least 0; larger values count as {@link Delays#NANOS_MAX}
     */
    long nanos(long seed, long link, long draw);

    /**
     * {@return the travel time, which may depend on size and moment; by default it does not}
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
     * confirmations default to multiples of it.
     */
    long typicalNanos();

    /**
     * {@return whether {@link #typicalNanos} is the mean on every link and for signals of any size,
     * so that limits of step sizes may be predicted from that mean} By default false.
     */
    default boolean statesMean() {
        return false;
    }

    /** {@return the text that {@link Delays#parse} reads back} */
    String spec();

    /** {@return one line about the choice for the user; empty if there is none} */
    default String remark() {
        return "";
    }
}
