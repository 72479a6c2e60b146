package org.relaxon.runtime.cluster;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** How many synapses a cell holds: its share of those onto its population. */
final class Synapses {
    private Synapses() {}

    /** {@return the synapses of every cell, and one more for the cell itself, by index} */
    static long[] byCell(Wiring wiring) {
        Network network = wiring.network();
        long[] onto = new long[network.populations().size()];
        for (Projection e : network.projections()) {
            int pre = network.population(e.pre()).size();
            int post = network.population(e.post()).size();
            onto[e.post()] += e.connectivity().synapses(pre, post);
        }
        long[] out = new long[wiring.cells().size()];
        for (CellId cell : wiring.cells()) {
            Population of = network.population(cell.population());
            out[cell.index()] = 1 + onto[of.index()] * cell.size() / of.size();
        }
        return out;
    }
}
