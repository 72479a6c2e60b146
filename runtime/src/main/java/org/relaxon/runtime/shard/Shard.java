package org.relaxon.runtime.shard;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.relaxon.model.audit.Audit;
import org.relaxon.model.audit.AuditPart;
import org.relaxon.model.cell.Presentation;
import org.relaxon.model.cell.SharedUpdates.Numbers;
import org.relaxon.model.cell.Work;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;

/**
 * Some cells of a session, with consecutive indices, between two runs, and the tasks that run on
 * them, cell by cell. {@link Shards} gives every task to the shards in the order of their cells.
 *
 * <p>A shard may know its own cells, the wiring, the rule, and what a task hands to it: a phase,
 * shares of columns, a learning step, parameters, the frame of an audit, what the shards before it
 * have added to a sum. It may not know the session, the host, other shards, a clock or how many
 * shards there are; its results do not depend on that. What a task takes and returns can travel as
 * bytes.
 *
 * <p>A task that the shards do side by side begins when its method is called, and has ended when
 * what the method returned has been called, once.
 */
public interface Shard {
    /**
     * {@return this shard's part of an audit, for one run}
     *
     * @param audit audit of the same wiring
     */
    AuditPart part(Audit audit);

    /**
     * Counts the incoming projections of cells that have the same numbers.
     *
     * @param counts receives those of this shard in addition
     */
    void count(Map<Numbers, Integer> counts);

    /**
     * Discards numbers that a single cell has, for one projection.
     *
     * @param counts incoming projections of the cells of all shards
     * @return whether cells of this shard share any number with other cells
     */
    boolean keepShared(Map<Numbers, Integer> counts);

    /**
     * Adds the prepared updates of this shard's shared numbers.
     *
     * @param sums those of the shards before
     */
    void addShared(Map<Numbers, double[][]> sums);

    /**
     * Replaces the prepared updates of this shard's shared numbers by the sums.
     *
     * @param sums of all shards
     */
    void takeShared(Map<Numbers, double[][]> sums);

    /**
     * {@return begins {@link Shards#lowerThreshold}}
     *
     * @param factor see there
     */
    Runnable lowerThreshold(double factor);

    /**
     * {@return begins {@link Shards#refine}}
     *
     * @param factor see there
     */
    Runnable refine(double factor);

    /** {@return begins {@link Shards#work}} */
    Supplier<Work> work();

    /**
     * {@return begins to save the state of every cell}
     *
     * @param name name of the saved state
     * @param moving whether signals may be in flight
     */
    Runnable save(String name, boolean moving);

    /**
     * Adds the local update of all cells.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param gradient receives the sum
     */
    void update(double[] columnWeights, Parameters gradient);

    /**
     * {@return begins {@link Shards#isFinite}}
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    BooleanSupplier isFinite(double[] columnWeights);

    /**
     * {@return begins {@link Shards#prepare}}
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    BooleanSupplier prepare(double[] columnWeights);

    /**
     * {@return begins {@link Shards#prepareMore}}
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    BooleanSupplier prepareMore(double[] columnWeights);

    /**
     * {@return begins {@link Shards#learn(LearningStep, Crew)}}
     *
     * @param step optimiser, rate and number of the change
     */
    Runnable learn(LearningStep step);

    /**
     * {@return begins {@link Shards#learn(double[], double, Crew)}}
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param rate learning rate, finite
     */
    Runnable learn(double[] columnWeights, double rate);

    /**
     * {@return begins {@link Shards#present}}
     *
     * @param presentation how weights change; null ends it
     */
    Runnable present(Presentation presentation);

    /** {@return begins {@link Shards#learnedAll}} */
    BooleanSupplier learnedAll();

    /** {@return begins {@link Shards#haveFiniteWeights}} */
    BooleanSupplier haveFiniteWeights();

    /**
     * Copies weights and biases out.
     *
     * @param into receives them
     */
    void save(Parameters into);

    /**
     * {@return begins to copy weights and biases in}
     *
     * @param from their source
     */
    Runnable load(Parameters from);

    /**
     * Copies a memory of all synapses out.
     *
     * @param which its index, from 0
     * @param into receives it
     */
    void saveMemory(int which, Parameters into);

    /**
     * {@return begins to copy a memory of all synapses in}
     *
     * @param which its index, from 0
     * @param from its source
     */
    Runnable loadMemory(int which, Parameters from);
}
