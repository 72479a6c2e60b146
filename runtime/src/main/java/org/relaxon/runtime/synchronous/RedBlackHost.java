package org.relaxon.runtime.synchronous;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * The other baseline with a clock: in every sweep the layers at odd height relax on what the even
 * ones have said, then the even ones on what the odd ones have. Layered networks only; some
 * libraries call this schedule asynchronous.
 */
public final class RedBlackHost implements Host {
    @Override
    public String optionName() {
        return "red-black";
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        network.requireLayered(optionName());
        Wiring wiring = Sweeps.wire(network, plan);
        return Sweeps.session(
                wiring,
                plan,
                new SweepRunner(wiring, plan, 2, cell -> 1 - wiring.height(cell.population()) % 2));
    }

    @Override
    public void close() {
        // holds no threads
    }
}
