package org.relaxon.experiments.training;

import java.io.IOException;
import java.util.List;
import org.relaxon.runtime.observe.Observation;

/** Receives the events of a training, on the thread that trains. */
public interface TrainListener {
    /**
     * The training continues from a checkpoint that was not refused.
     *
     * @param from the checkpoint
     * @param changes settings that differ from those before it
     */
    default void resumed(Checkpoint from, List<SettingChange> changes) {}

    /** Ignores all events and never stops a training. */
    TrainListener SILENT = new TrainListener() {};

    /**
     * Reports a change of the weights.
     *
     * @param step number of changes so far, this one included
     * @param learnedFrom number of examples that contributed to the change
     */
    default void stepped(long step, int learnedFrom) {}

    /**
     * Reports a condition that the user should know while the training continues.
     *
     * @param step number of changes of the weights so far
     * @param warning one line
     */
    default void warned(long step, String warning) {}

    /**
     * {@return the observation of a lane's session; null for none} Its events come on the threads
     * of that session.
     *
     * @param lane from 0
     */
    default Observation observation(int lane) {
        return null;
    }

    /**
     * {@return the observation of the settlings of one step, which takes the place of that of the
     * first lane meanwhile; null to keep it} The step may have further lanes, which are not
     * observed by it, and neither are evaluations and comparisons.
     *
     * @param step number of the step, from 1
     */
    default Observation probe(long step) {
        return null;
    }

    /**
     * Reports that the training has ended between two evaluations, and that the state in which it
     * ended is evaluated next, which takes as long as any evaluation.
     *
     * @param step changes of the weights made
     */
    default void gradesLast(long step) {}

    /**
     * Reports an evaluation.
     *
     * @param evaluation of the current weights
     */
    default void evaluated(Evaluation evaluation) {}

    /**
     * Reports the comparison with backprop that an evaluation makes, on the first minibatch.
     *
     * @param alignment angle and distance between the local update and the gradient
     */
    default void examined(Alignment alignment) {}

    /**
     * Reports the comparison of a minibatch with backprop, before the step.
     *
     * @param alignment angle and distance between the local update and the gradient
     */
    default void aligned(Alignment alignment) {}

    /**
     * Reports a state from which the training can be resumed with the same results.
     *
     * @param checkpoint to be stored
     * @throws IOException if it cannot be stored; ends the training
     */
    default void reached(Checkpoint checkpoint) throws IOException {}

    /**
     * {@return true to end the training} Polled after every step, and periodically from another
     * thread.
     */
    default boolean stops() {
        return false;
    }
}
