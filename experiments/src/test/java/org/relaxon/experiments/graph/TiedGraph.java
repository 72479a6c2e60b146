package org.relaxon.experiments.graph;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Population;

/**
 * Random networks in which projections use the same weights: a step that is repeated two or three
 * times, with or without a skip by the same weights, and two inputs that are encoded alike. The
 * weights are those of a matrix, of random fan-in or of a convolution.
 */
final class TiedGraph {
    private final long seed;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private int draws;

    private TiedGraph(long seed) {
        this.seed = seed;
    }

    static NetworkPlan of(long seed) {
        TiedGraph graph = new TiedGraph(seed);
        return seed % 3 == 0 ? graph.alike() : graph.repeated(seed % 3 == 1);
    }

    private int draw(int from, int to) {
        return from + (int) (CounterRandom.uniform(seed, 78, draws++) * (to - from + 1));
    }

    private void add(String name, int size, Population.Role role) {
        nodes.add(new Node(name, size, role, null));
    }

    private void connect(String from, String to, Connectivity connectivity) {
        edges.add(new Edge(from + "-" + to, from, to, connectivity));
    }

    private void connect(String from, String to) {
        connect(from, to, Connectivity.allToAll());
    }

    private void share(String from, String to, String weightsOf) {
        edges.add(new Edge(from + "-" + to, from, to, null, weightsOf));
    }

    /** A step from 6 neurons to 6, by one of three connectivities. */
    private Connectivity step() {
        return switch (draw(0, 2)) {
            case 0 -> Connectivity.allToAll();
            case 1 -> Connectivity.random(draw(2, 4), seed);
            default -> Connectivity.parse("convolution:1x2x3,filters=1,kernel=3,padding=1");
        };
    }

    private NetworkPlan repeated(boolean skips) {
        add("x", draw(3, 5), Population.Role.INPUT);
        int steps = draw(2, 3);
        for (int k = 0; k <= steps; k++) {
            add("h" + k, 6, Population.Role.HIDDEN);
        }
        add("y", 3, Population.Role.OUTPUT);
        connect("x", "h0");
        connect("h0", "h1", step());
        for (int k = 1; k < steps; k++) {
            share("h" + k, "h" + (k + 1), "h0-h1");
        }
        if (skips) {
            share("h0", "h2", "h0-h1");
        }
        connect("h" + steps, "y");
        return new NetworkPlan(nodes, edges);
    }

    private NetworkPlan alike() {
        add("left", 6, Population.Role.INPUT);
        add("right", 6, Population.Role.INPUT);
        add("a", 6, Population.Role.HIDDEN);
        add("b", 6, Population.Role.HIDDEN);
        add("y", 3, Population.Role.OUTPUT);
        connect("left", "a", step());
        share("right", "b", "left-a");
        connect("a", "y");
        connect("b", "y");
        return new NetworkPlan(nodes, edges);
    }
}
