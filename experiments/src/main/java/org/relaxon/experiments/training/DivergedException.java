package org.relaxon.experiments.training;

/** Numbers of a training left the finite ones. */
final class DivergedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long step;

    /**
     * @param step that made it so, from 1
     * @param what is not finite any more
     */
    DivergedException(long step, String what) {
        super(what);
        this.step = step;
    }

    /** The step that made it so, from 1. */
    long step() {
        return step;
    }
}
