package org.relaxon.experiments.graph;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Population;

/**
 * Random networks with two inputs and two outputs of unequal sizes. In half of them the first
 * output is listed before a hidden population, nearer to the inputs than the second.
 */
final class ManyEndsGraph {
    private final long seed;
    private int draws;

    private ManyEndsGraph(long seed) {
        this.seed = seed;
    }

    static NetworkPlan of(long seed) {
        return new ManyEndsGraph(seed).plan();
    }

    /** An output that projects onwards, so that it is nudged and receives feedback. */
    static NetworkPlan inside(long seed) {
        return new ManyEndsGraph(seed).nudgedInside();
    }

    private NetworkPlan nudgedInside() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("x", draw(2, 4), Population.Role.INPUT, null));
        nodes.add(new Node("low", draw(2, 5), Population.Role.HIDDEN, null));
        nodes.add(new Node("middle", draw(1, 4), Population.Role.OUTPUT, null));
        nodes.add(new Node("high", draw(2, 5), Population.Role.HIDDEN, null));
        nodes.add(new Node("y", draw(2, 3), Population.Role.OUTPUT, null));
        List<Edge> edges = new ArrayList<>();
        edges.add(new Edge("a", "x", "low"));
        edges.add(new Edge("b", "low", "middle"));
        edges.add(new Edge("c", "middle", "high"));
        edges.add(new Edge("d", "high", "y"));
        if (seed % 2 == 1) {
            edges.add(new Edge("e", "low", "y"));
        }
        return new NetworkPlan(nodes, edges);
    }

    private int draw(int from, int to) {
        return from + (int) (CounterRandom.uniform(seed, 78, draws++) * (to - from + 1));
    }

    private NetworkPlan plan() {
        boolean layered = seed % 2 == 0; // all paths of one length, for those that need it
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("left", draw(1, 3), Population.Role.INPUT, null));
        nodes.add(new Node("right", draw(4, 5), Population.Role.INPUT, null));
        nodes.add(new Node("low", draw(2, 5), Population.Role.HIDDEN, null));
        nodes.add(new Node("mixed", draw(2, 6), Population.Role.HIDDEN, null));
        if (!layered) {
            nodes.add(new Node("near", draw(1, 3), Population.Role.OUTPUT, null));
        }
        nodes.add(new Node("high", draw(2, 4), Population.Role.HIDDEN, null));
        if (layered) {
            nodes.add(new Node("near", draw(1, 3), Population.Role.OUTPUT, null));
        }
        nodes.add(new Node("far", draw(4, 5), Population.Role.OUTPUT, null));
        List<Edge> edges = new ArrayList<>();
        edges.add(new Edge("a", "left", "low"));
        edges.add(new Edge("b", "right", layered ? "low" : "mixed"));
        edges.add(new Edge("c", "low", "mixed"));
        edges.add(new Edge("d", "mixed", "high"));
        edges.add(new Edge("e", layered ? "high" : "mixed", "near"));
        edges.add(new Edge("f", "high", "far"));
        if (!layered) {
            edges.add(new Edge("g", "left", "far"));
        }
        return new NetworkPlan(nodes, edges);
    }
}
