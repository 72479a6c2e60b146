package org.relaxon.runtime;

import org.relaxon.model.network.Network;

/**
 * What runs cells: delivers signals, decides delays and faults, counts, and notices quiescence. All
 * hosts run the same cells, and give the same equilibrium and the same verdicts.
 */
public interface Host extends AutoCloseable {
    /** The name in options and reports. */
    String optionName();

    /**
     * Builds the cells of a network once; its weights then live in them.
     *
     * @throws IllegalArgumentException if the plan asks for what this host or rule cannot do, or
     *     needs more memory than allowed; nothing has been started then
     */
    Session open(Network network, RunPlan plan);

    /** Ends all sessions and frees threads. */
    @Override
    void close();
}
