package org.relaxon.runtime.cluster;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.shard.Division;

/**
 * The neurons whose cells are on one node: of every population a range.
 *
 * @param network the whole network
 * @param neurons first neuron and the one after the last, by population
 */
record Present(Network network, int[][] neurons) {
    /** Those of one part of a division. */
    static Present of(Wiring wiring, Division division, int part) {
        int[][] neurons = new int[wiring.network().populations().size()][2];
        for (int k = division.first(part); k < division.first(part + 1); k++) {
            CellId cell = wiring.cells().get(k);
            int[] own = neurons[cell.population()];
            own[0] = own[1] == 0 ? cell.from() : own[0];
            own[1] = cell.from() + cell.size();
        }
        return new Present(wiring.network(), neurons);
    }

    /** Rows of weights that the cells hold. */
    Rows rows() {
        return Rows.of(
                network,
                (p, row) ->
                        p.sharesWeights() // else a row belongs to a neuron
                                || row >= neurons[p.post()][0] && row < neurons[p.post()][1]);
    }

    /** Parameters of zeros with the rows of these cells alone. */
    Parameters zeros() {
        return network.zeros(neurons);
    }
}
