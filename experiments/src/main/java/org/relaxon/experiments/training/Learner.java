package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;

/** Learns from minibatches and predicts outputs. */
interface Learner extends AutoCloseable {
    /**
     * Learns from one minibatch.
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param step whose share is that of one example's gradient if all B take part
     * @return examples that took part
     * @throws UnsettledException if examples did not settle and this is not allowed
     * @throws DivergedException if a local update is not finite; no weight has changed then
     */
    int learn(Matrix input, Matrix target, LearningStep step)
            throws UnsettledException, DivergedException;

    /**
     * Predictions, shape (n_L, B); NaN in the columns of examples that did not settle.
     *
     * @param input shape (n_0, B)
     */
    Matrix predict(Matrix input);

    /**
     * Compares this learner's gradient of a minibatch with backprop's at the same weights; changes
     * no weight.
     *
     * @param step changes made so far
     */
    Alignment align(Matrix input, Matrix target, long step);

    /**
     * The change that the last {@link #learn} made, compared with the one that the same step makes
     * with backprop's gradient of the same examples.
     *
     * @param before weights and biases before it
     * @param memories of the optimiser before it
     * @return null if there is nothing to compare
     */
    default AppliedChange change(
            Parameters before,
            List<Parameters> memories,
            Matrix input,
            Matrix target,
            LearningStep step) {
        return null;
    }

    /** Whether all weights and biases are finite. */
    boolean isFinite();

    /** A copy of weights and biases. */
    Parameters parameters();

    /** Copies of the optimiser's memories. */
    List<Parameters> memories();

    /**
     * Starts again from these; all other learner state is discarded.
     *
     * @param step changes made so far, on which its random numbers depend
     */
    void restart(Parameters parameters, List<Parameters> memories, long step);

    /** Stops the settling in progress, which then counts as not settled. Thread-safe. */
    default void cancel() {}

    @Override
    void close();
}
