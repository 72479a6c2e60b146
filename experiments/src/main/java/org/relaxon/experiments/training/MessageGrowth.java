package org.relaxon.experiments.training;

/**
 * Detects that the steps of a training cost ever more messages: a window of steps with a larger
 * mean than the window before, and several times the least of all before. Reports this once.
 */
final class MessageGrowth {
    /** Steps whose messages are averaged; they differ from minibatch to minibatch. */
    static final int WINDOW = 16;

    /** Ratio to the cheapest window from which on a warning is given. */
    static final double FACTOR = 4.0;

    private double least = Double.POSITIVE_INFINITY;
    private double previous;
    private double mean;
    private long sum;
    private long held; // at kinks in the window being counted
    private long heldNow; // in the last whole window
    private long heldThen; // in the cheapest window
    private int steps;
    private boolean announced;

    /**
     * Counts one more step.
     *
     * @param messages of this step
     * @param heldAtKink units that were held at a kink in it
     * @return true if the number of messages is growing and this has not been reported yet
     */
    boolean grows(long messages, long heldAtKink) {
        sum += messages;
        held += heldAtKink;
        if (++steps < WINDOW) {
            return false;
        }
        previous = mean;
        mean = (double) sum / WINDOW;
        heldNow = held;
        sum = 0;
        held = 0;
        steps = 0;
        boolean growing = mean > previous && mean > FACTOR * least;
        if (mean < least) {
            least = mean;
            heldThen = heldNow;
        }
        boolean first = growing && !announced;
        announced |= growing;
        return first;
    }

    /** Messages per step in the last window. */
    double mean() {
        return mean;
    }

    /** The least mean of a window. */
    double least() {
        return least;
    }

    /** How many more units were held at a kink in the last window than in the cheapest. */
    long moreHeld() {
        return heldNow - heldThen;
    }
}
