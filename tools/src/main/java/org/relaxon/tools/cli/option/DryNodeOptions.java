package org.relaxon.tools.cli.option;

import java.util.List;
import picocli.CommandLine.Option;

/** Options that have one process play one node of a cluster. */
public final class DryNodeOptions {
    private static final int NODES_MAX = 1024;

    @Option(
            names = "--dry-nodes",
            paramLabel = "N",
            description =
                    "Play one node of a cluster of N without the others, and without --join:"
                            + " measure memory and work of its cells beside what the capacity model"
                            + " predicts. Only their weights are drawn, so that the network may be"
                            + " larger than the memory. Needs --host cluster.")
    private Integer nodes;

    @Option(
            names = "--as",
            paramLabel = "K",
            description = "Which of the nodes to play, from 1. Default 1.")
    private Integer as;

    /**
     * {@return whether a node is to be played}
     *
     * @param hosts names of the hosts that were requested
     * @throws IllegalArgumentException if there is no such node, or another host
     */
    public boolean isGiven(List<String> hosts) {
        if (nodes == null) {
            if (as != null) {
                throw new IllegalArgumentException("as: give --dry-nodes N, the number of nodes");
            }
            return false;
        }
        if (!hosts.equals(List.of(ClusterOptions.CLUSTER))) {
            throw new IllegalArgumentException(
                    "dry-nodes: applies only to the host cluster, not to %s; give --host cluster"
                            .formatted(String.join(", ", hosts)));
        }
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException(
                    "dry-nodes: %d is not in 1..%d".formatted(nodes, NODES_MAX));
        }
        if (node() < 0 || node() >= nodes) {
            throw new IllegalArgumentException("as: %d is not in 1..%d".formatted(as, nodes));
        }
        return true;
    }

    /** {@return the number of nodes} */
    public int nodes() {
        return nodes;
    }

    /** {@return the node to play, from 0} */
    public int node() {
        return as == null ? 0 : as - 1;
    }
}
