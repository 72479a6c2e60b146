package org.relaxon.runtime;

import org.relaxon.model.network.Network;

/**
 * Runs cells: delivers signals, draws delays and faults, counts, and detects quiescence. All hosts
 * run the same cells and reach the same equilibrium and verdicts.
 */
public interface Host extends AutoCloseable {
    /** {@return the name in options and reports} */
    String optionName();

    /** {@return false if nothing takes time on this host: time budgets then count sweeps} */
    default boolean keepsTime() {
        return true;
    }

    /** {@return whether sessions take frames of their cells, see {@link Session#observe}} */
    default boolean takesFrames() {
        return true;
    }

    /**
     * Builds the cells of a network once; its weights then live in them.
     *
     * @param network network to run
     * @param plan everything else about the run
     * @return a session with the network's initial weights
     * @throws IllegalArgumentException if the plan requires something that this host or rule cannot
     *     do, or needs more memory than allowed; nothing has been started then
     */
    Session open(Network network, RunPlan plan);

    /**
     * Builds the cells of a network once, with the state of several examples in each.
     *
     * @param network network to run
     * @param plan everything else about the run
     * @param lanes examples, or groups of examples, that may be in flight at the same time
     * @return a pipeline with the network's initial weights
     * @throws IllegalArgumentException as above, or if the plan crashes cells although there is
     *     more than one lane; nothing has been started then
     */
    Pipeline open(Network network, RunPlan plan, int lanes);

    /** Ends all sessions and frees threads. */
    @Override
    void close();
}
