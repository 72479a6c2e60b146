package org.relaxon.runtime;

import java.util.List;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.settle.Conclusive;

/**
 * Several examples in flight through the same cells. Every lane is a session with states, signals,
 * delays and faults of its own, and settles and is judged by itself. Weights, biases and the
 * memories of the synapses are shared, and change only between settlings, by the sum of the updates
 * of all lanes. With more than one lane, histograms of time cover all lanes together.
 *
 * <p>One thread at a time uses a pipeline; {@link #cancel} may be called from any.
 */
public interface Pipeline extends AutoCloseable {
    /** A task for one lane. */
    @FunctionalInterface
    interface Task<T> {
        /**
         * Runs on one lane.
         *
         * @param lane the lane, from 0
         * @param session session of that lane
         * @return the result of the task on this lane
         */
        T run(int lane, Session session);
    }

    /** {@return how many examples, or groups of examples, may be in flight} */
    int lanes();

    /**
     * {@return the session of one lane} If there are several, those of its methods that change
     * weights refuse.
     *
     * @param index the index, from 0
     */
    Session lane(int index);

    /**
     * Runs a task on each of the first lanes, at the same time.
     *
     * @param <T> type of a result
     * @param count lanes that take part, 1 to {@link #lanes}
     * @param task called once per lane
     * @return the results, by lane
     * @throws RuntimeException the exception of the first lane that failed, after all have ended
     */
    <T> List<T> inEach(int count, Task<T> task);

    /**
     * Lets every synapse change once, by its own optimiser and by the sum of its local updates in
     * all lanes: all synapses, or none.
     *
     * @param settled verdicts of the first lanes; null for a lane without an update
     * @param estimator multiples of the strength, with the share of each
     * @param step optimiser, rate and number of the change
     * @throws IllegalStateException if one of them is no longer the state of its lane
     * @throws ArithmeticException if any sum is not finite; no weight has changed then
     */
    void learn(List<Conclusive> settled, Estimator estimator, LearningStep step);

    /** {@return a copy of the current weights and biases} */
    default Parameters parameters() {
        return lane(0).parameters();
    }

    /** {@return whether all weights and biases are finite} */
    default boolean hasFiniteWeights() {
        return parameters().firstNotFinite() == null;
    }

    /**
     * Replaces the memories of the synapses; refuses values that are not finite.
     *
     * @param memories one set per memory of the optimiser, in the shapes of the parameters
     */
    void loadMemories(List<Parameters> memories);

    /** Stops all settlings in progress. Thread-safe. */
    void cancel();

    @Override
    void close();
}
