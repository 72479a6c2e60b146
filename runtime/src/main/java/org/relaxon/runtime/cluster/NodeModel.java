package org.relaxon.runtime.cluster;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.shard.Division;

/**
 * The capacity model of one node: memory of its cells, by what needs it, and work. See "How large"
 * in docs/cluster.md.
 *
 * @param synapses of its cells
 * @param links that begin or end at its cells, each counted at either end
 * @param weights bytes of weights
 * @param states bytes of activities, errors and signals
 * @param cells bytes of cells and their actors
 * @param network bytes of what every node keeps of the whole network
 * @param roundOperations multiplications by a weight when each of its cells relaxes once
 */
public record NodeModel(
        long synapses,
        long links,
        long weights,
        long states,
        long cells,
        long network,
        long roundOperations) {
    /** Of a synapse beside its weight, where not all neurons are connected. */
    private static final int LISTED = 8;

    private static final int STATE_ARRAYS = 12; // numbers per neuron and column
    private static final int SIGNAL_ARRAYS = 3; // numbers per presynaptic neuron of a cell
    private static final int BYTES_PER_CELL = 2_000; // with its actor
    private static final int BYTES_PER_LINK = 24; // at either end
    private static final int BYTES_PER_ROW = 4; // of a matrix, present or not
    private static final int FRAME_ARRAYS = 3; // of the whole network, in an audit
    private static final int BYTES_PER_WAY = 2_500; // to another node
    private static final int BYTES_BESIDE = 300_000; // of the session itself

    static NodeModel of(Wiring wiring, Division division, int part, RunPlan plan, int columns) {
        Network network = wiring.network();
        Rule rule = plan.rule();
        int number =
                plan.kernels().precision() == Kernels.Precision.FLOAT ? Float.BYTES : Double.BYTES;
        long synapses = 0;
        long links = 0;
        long weights = 0;
        long numbers = 0;
        long operations = 0;
        for (int k = division.first(part); k < division.first(part + 1); k++) {
            CellId cell = wiring.cells().get(k);
            links += wiring.slots(k);
            numbers += (long) STATE_ARRAYS * cell.size() * columns;
            for (Projection e : network.into(cell.population())) {
                long own = synapses(network, e, cell);
                boolean matrix = e.connectivity().unscaled().isMatrix();
                boolean clamped = network.population(e.pre()).role() == Population.Role.INPUT;
                synapses += own;
                weights += own * (matrix ? number : number + LISTED);
                operations += clamped ? 0 : 2 * own * columns * rule.traits().activityPlanes();
                numbers += clamped ? 0 : SIGNAL_ARRAYS * reach(network, e, own) * columns;
            }
        }
        long cells = (long) division.first(part + 1) - division.first(part);
        return new NodeModel(
                synapses,
                links,
                weights,
                Double.BYTES * numbers,
                BYTES_PER_CELL * cells + BYTES_PER_LINK * links,
                whole(network, division.parts(), columns),
                operations);
    }

    private static long synapses(Network network, Projection e, CellId cell) {
        int pre = network.population(e.pre()).size();
        int post = network.population(e.post()).size();
        return e.connectivity().synapses(pre, post) * cell.size() / post;
    }

    /** Presynaptic neurons that a cell keeps signals of. */
    private static long reach(Network network, Projection e, long own) {
        return Math.min(network.population(e.pre()).size(), own);
    }

    /** What a node keeps of the whole network. */
    private static long whole(Network network, int nodes, int columns) {
        long bytes = BYTES_BESIDE + (long) BYTES_PER_WAY * nodes;
        for (Population p : network.populations()) {
            bytes += (long) p.size() * Double.BYTES * (1 + FRAME_ARRAYS * columns);
        }
        for (Projection e : network.projections()) {
            bytes +=
                    (long) BYTES_PER_ROW
                            * e.connectivity().rows(network.population(e.post()).size());
            bytes +=
                    (long) Double.BYTES
                            * e.connectivity().rowLength(network.population(e.pre()).size());
        }
        return bytes;
    }

    /** {@return the memory of the node, bytes} */
    public long bytes() {
        return weights + states + cells + network;
    }
}
