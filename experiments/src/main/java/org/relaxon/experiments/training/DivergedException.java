package org.relaxon.experiments.training;

/** A number of a training is no longer finite. */
final class DivergedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long step;

    /**
     * @param step at which this happened, from 1
     * @param what the number that is no longer finite
     */
    DivergedException(long step, String what) {
        super(what);
        this.step = step;
    }

    /** The step at which this happened, from 1. */
    long step() {
        return step;
    }
}
