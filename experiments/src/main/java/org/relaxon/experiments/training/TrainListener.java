package org.relaxon.experiments.training;

import java.io.IOException;
import org.relaxon.runtime.RelaxationListener;

/** Somebody who watches a training. Called on the thread that trains. */
public interface TrainListener {
    /** Hears nothing and never stops. */
    TrainListener SILENT = new TrainListener() {};

    /** After each change of the weights. */
    default void stepped(long step, int learnedFrom) {}

    /** While a training goes on: what somebody should know of it, in one line. */
    default void warned(long step, String warning) {}

    /**
     * Who hears of every relaxation of a lane, on the thread that runs the cell; null for nobody.
     *
     * @param lane from 0
     */
    default RelaxationListener watcher(int lane) {
        return null;
    }

    /** After each evaluation. */
    default void evaluated(Evaluation evaluation) {}

    /** Before a step whose minibatch was compared with backprop. */
    default void aligned(Alignment alignment) {}

    /**
     * A state from which the training can go on exactly as it does now.
     *
     * @throws IOException if it cannot be kept; ends the training
     */
    default void reached(Checkpoint checkpoint) throws IOException {}

    /** True to end the training: asked after every step, and all the while from another thread. */
    default boolean stops() {
        return false;
    }
}
