package org.relaxon.runtime.synchronous;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * The baseline with a clock: in every sweep all cells relax on the signals of the previous sweep.
 * It is not asynchronous and has no delays.
 */
public final class SynchronousHost implements Host {
    private final int shards;

    /** Makes a host whose sessions have one shard. */
    public SynchronousHost() {
        this(1);
    }

    /**
     * Makes a host with more shards; no result depends on their number.
     *
     * @param shards shards of a session, at least 1; at most one per cell is used
     */
    public SynchronousHost(int shards) {
        this.shards = shards;
    }

    @Override
    public String optionName() {
        return "synchronous";
    }

    @Override
    public boolean keepsTime() {
        return false;
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        return Sweeps.session(Sweeps.wire(network, plan, 1), plan, shards, 1, cell -> 0);
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        Wiring wiring = Sweeps.wire(network, plan, lanes);
        return Sweeps.pipeline(wiring, plan, lanes, shards, 1, cell -> 0);
    }

    @Override
    public void close() {
        // holds no threads
    }
}
