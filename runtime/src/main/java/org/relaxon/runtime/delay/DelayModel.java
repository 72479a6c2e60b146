package org.relaxon.runtime.delay;

/**
 * How long a signal travels, in nanoseconds of the host's time. A pure function of its arguments,
 * so that all hosts draw the same delay for the same signal and a replay draws it again.
 */
public interface DelayModel {
    /**
     * The travel time of one signal.
     *
     * @param seed of the run
     * @param link index of the link
     * @param draw distinguishes the signals of one link
     * @return nanoseconds, at least 0
     */
    long nanos(long seed, long link, long draw);

    /**
     * {@return the travel time in a model in which size or moment matter; by default they do not}
     *
     * @param seed seed of the run
     * @param link index of the link
     * @param draw number of the draw on this link
     * @param numbers in the payload
     * @param now moment of sending, nanoseconds of host time since the phase began
     */
    default long nanos(long seed, long link, long draw, int numbers, long now) {
        return nanos(seed, link, draw);
    }

    /**
     * {@return a typical travel time in nanoseconds: the mean, or the median where there is no
     * mean}
     */
    long typicalNanos();

    /** {@return the text that {@link Delays#parse} reads back} */
    String spec();

    /** {@return one line that a user should know about the choice; empty if there is none} */
    default String remark() {
        return "";
    }
}
