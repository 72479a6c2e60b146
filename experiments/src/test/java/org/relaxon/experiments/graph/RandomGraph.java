package org.relaxon.experiments.graph;

import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.activation.StandardActivation;

/** The graphs of the testkit as plans, whose activations are those that the options name. */
final class RandomGraph {
    private RandomGraph() {}

    static NetworkPlan of(long seed) {
        NetworkPlan drawn =
                NetworkPlan.of(org.relaxon.testkit.RandomGraph.of(seed, StandardActivation.TANH));
        List<Node> nodes =
                drawn.populations().stream()
                        .map(n -> new Node(n.name(), n.size(), n.role(), null))
                        .toList();
        return new NetworkPlan(nodes, drawn.projections());
    }
}
