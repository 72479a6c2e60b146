package org.relaxon.experiments.graph;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Population;

/**
 * Random graphs without cycles: one input, one output, one to five hidden populations of one to
 * seven neurons, and projections that skip, branch, join and double, of which every population has
 * one in and one out. A graph is a function of its seed.
 */
final class RandomGraph {
    private static final int HIDDEN_MAX = 5;
    private static final int SIZE_MAX = 7;
    private static final double DENSITY = 0.5;
    private static final double DOUBLED = 0.15;

    private final long seed;
    private long counter;

    private RandomGraph(long seed) {
        this.seed = seed;
    }

    static NetworkPlan of(long seed) {
        return new RandomGraph(seed).draw();
    }

    /** A whole number from 0 to {@code n - 1}. */
    private int pick(int n) {
        return (int) (CounterRandom.uniform(seed, 0x6772L, counter++) * n);
    }

    private boolean chance(double p) {
        return CounterRandom.uniform(seed, 0x6772L, counter++) < p;
    }

    private NetworkPlan draw() {
        int count = 3 + pick(HIDDEN_MAX);
        List<Node> nodes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Population.Role role =
                    k == 0
                            ? Population.Role.INPUT
                            : k == count - 1 ? Population.Role.OUTPUT : Population.Role.HIDDEN;
            nodes.add(new Node("p" + k, 1 + pick(SIZE_MAX), role, null));
        }
        List<Edge> edges = new ArrayList<>();
        for (int post = 1; post < count; post++) {
            int needed = pick(post); // what feeds this one, whatever else does
            for (int pre = 0; pre < post; pre++) {
                if (pre == needed || chance(DENSITY)) {
                    add(edges, pre, post);
                }
            }
        }
        for (int pre = 0; pre < count - 1; pre++) {
            String name = "p" + pre;
            if (edges.stream().noneMatch(e -> e.from().equals(name))) {
                add(edges, pre, count - 1);
            }
        }
        return new NetworkPlan(nodes, edges);
    }

    private void add(List<Edge> edges, int pre, int post) {
        int copies = chance(DOUBLED) ? 2 : 1;
        for (int c = 0; c < copies; c++) {
            String name = "p" + pre + "-" + post + (c == 0 ? "" : "-again");
            edges.add(new Edge(name, "p" + pre, "p" + post));
        }
    }
}
