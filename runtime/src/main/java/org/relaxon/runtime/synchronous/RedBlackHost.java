package org.relaxon.runtime.synchronous;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * The other baseline with a clock: in every sweep the layers at odd height relax on the signals of
 * the even ones, then the even ones on those of the odd ones. Layered networks only; some libraries
 * call this schedule asynchronous.
 */
public final class RedBlackHost implements Host {
    @Override
    public String optionName() {
        return "red-black";
    }

    @Override
    public boolean keepsTime() {
        return false;
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        Wiring wiring = wire(network, plan, 1);
        return Sweeps.session(wiring, plan, 1, 2, cell -> colour(wiring, cell));
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        Wiring wiring = wire(network, plan, lanes);
        return Sweeps.pipeline(wiring, plan, lanes, 1, 2, cell -> colour(wiring, cell));
    }

    private Wiring wire(Network network, RunPlan plan, int lanes) {
        network.requireLayered(optionName());
        return Sweeps.wire(network, plan, lanes);
    }

    private static int colour(Wiring wiring, CellId cell) {
        return 1 - wiring.height(cell.population()) % 2;
    }

    @Override
    public void close() {
        // holds no threads
    }
}
