package org.relaxon.runtime.cluster;

import java.util.List;

/**
 * What one node of a cluster takes and does, measured without the others.
 *
 * @param index of the node, from 0
 * @param nodes number of nodes that have cells
 * @param cells names of its first and its last cell
 * @param measured memory and work, as a real node measures them
 * @param ways the nodes that it has channels to, in their order
 * @param predicted the same by the capacity model
 * @param cluster all nodes, by the model
 */
public record DryReport(
        int index,
        int nodes,
        List<String> cells,
        NodeUsage measured,
        List<Way> ways,
        NodeModel predicted,
        WholeCluster cluster) {
    /**
     * The channels between two nodes.
     *
     * @param other index of the other node
     * @param channels that lead there
     * @param bytes on the wire when each of them carries one signal
     * @param back channels that lead back
     */
    public record Way(int other, long channels, long bytes, long back) {}

    /** {@return measured over predicted memory} */
    public double memoryRatio() {
        return (double) measured.heapBytes() / predicted.bytes();
    }
}
