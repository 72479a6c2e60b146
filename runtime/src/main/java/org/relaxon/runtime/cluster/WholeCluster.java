package org.relaxon.runtime.cluster;

import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.shard.Division;

/**
 * All nodes of a cluster by the capacity model.
 *
 * @param cells of the network
 * @param synapses of the network
 * @param bytes memory of the cells on all nodes together
 * @param largestBytes that of the node that needs most
 * @param largestNode index of that node
 * @param roundOperations multiplications by a weight when every cell relaxes once
 * @param channels between cells on different nodes
 * @param roundBytes on the wire when each of these carries one signal
 */
public record WholeCluster(
        long cells,
        long synapses,
        long bytes,
        long largestBytes,
        int largestNode,
        long roundOperations,
        long channels,
        long roundBytes) {
    static WholeCluster of(
            Wiring wiring, Division division, RunPlan plan, int columns, Crossings crossings) {
        long synapses = 0;
        long bytes = 0;
        long most = 0;
        int largest = 0;
        long operations = 0;
        for (int k = 0; k < division.parts(); k++) {
            NodeModel node = NodeModel.of(wiring, division, k, plan, columns);
            synapses += node.synapses();
            bytes += node.bytes();
            operations += node.roundOperations();
            if (node.bytes() > most) {
                most = node.bytes();
                largest = k;
            }
        }
        long[] between = crossings.all();
        return new WholeCluster(
                wiring.cells().size(),
                synapses,
                bytes,
                most,
                largest,
                operations,
                between[0],
                between[1]);
    }
}
