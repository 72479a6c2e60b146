package org.relaxon.runtime.synchronous;

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
        return Sweeps.session(Sweeps.wire(network, plan, 1), plan, 1, cell -> 0);
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        return Sweeps.pipeline(Sweeps.wire(network, plan, lanes), plan, lanes, 1, cell -> 0);
    }

    @Override
    public void close() {
        // holds no threads
    }
}
