package org.relaxon.runtime.synchronous;

import java.util.List;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * The other baseline with a clock: in every sweep the layers at odd height relax on the signals of
 * the even ones, then the even ones on those of the odd ones. Only networks in which no projection
 * joins two cells of one half; some libraries call this schedule asynchronous.
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
        List<Projection> closing = network.closing();
        if (closing.isEmpty()) {
            network.requireLayered(optionName());
        }
        Wiring wiring = Sweeps.wire(network, plan, lanes);
        for (Projection p : closing.isEmpty() ? closing : network.projections()) {
            requireTwoColours(wiring, p);
        }
        return wiring;
    }

    /** Refuses a projection that joins two cells of one colour: these would move together. */
    private void requireTwoColours(Wiring wiring, Projection p) {
        boolean alone = p.isLateral() && wiring.cellsOf(p.pre()).size() == 1;
        int apart = wiring.height(p.pre()) - wiring.height(p.post());
        if (!alone && Math.abs(apart) != 1) {
            throw new IllegalArgumentException(
                    "%s: projection %s joins cells that relax in the same half of a sweep; %s"
                            .formatted(
                                    optionName(),
                                    p.name(),
                                    p.isLateral()
                                            ? "use layer cells, or virtual with turn-taking"
                                            : "use virtual with turn-taking"));
        }
    }

    private static int colour(Wiring wiring, CellId cell) {
        return 1 - wiring.height(cell.population()) % 2;
    }

    @Override
    public void close() {
        // holds no threads
    }
}
