package org.relaxon.experiments.graph;

import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Network;

/** The graphs of the testkit as plans, whose activations are those that the options name. */
final class RandomGraph {
    private RandomGraph() {}

    static NetworkPlan of(long seed) {
        return plan(org.relaxon.testkit.RandomGraph.of(seed, StandardActivation.TANH));
    }

    static NetworkPlan withCycles(long seed) {
        return plan(org.relaxon.testkit.RandomGraph.withCycles(seed, StandardActivation.TANH));
    }

    private static NetworkPlan plan(Network network) {
        NetworkPlan drawn = NetworkPlan.of(network);
        List<Node> nodes =
                drawn.populations().stream()
                        .map(n -> new Node(n.name(), n.size(), n.role(), null))
                        .toList();
        return new NetworkPlan(nodes, drawn.projections());
    }
}
