package org.relaxon.experiments.nir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of nodes: each receives the sum of what the nodes before it pass on.
 *
 * @param nodes by name
 * @param edges in the order of the file
 */
record NirGraph(Map<String, NirNode> nodes, List<Edge> edges) {
    /**
     * A connection.
     *
     * @param from name of the node that passes on
     * @param to name of the node that receives
     */
    record Edge(String from, String to) {}

    NirGraph {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes)); // in their order
        edges = List.copyOf(edges);
    }
}
