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
 * Random networks with projections that are no matrices: images of unequal sides that are convolved
 * and pooled or made larger, and random fan-in, with all-to-all projections between and beside
 * them.
 */
final class StructuredGraph {
    private final long seed;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private int draws;

    private StructuredGraph(long seed) {
        this.seed = seed;
    }

    static NetworkPlan of(long seed) {
        StructuredGraph graph = new StructuredGraph(seed);
        return seed % 3 == 0 ? graph.sparse() : graph.images(seed % 3 == 1);
    }

    private int draw(int from, int to) {
        return from + (int) (CounterRandom.uniform(seed, 77, draws++) * (to - from + 1));
    }

    private void add(String name, int size, Population.Role role) {
        nodes.add(new Node(name, size, role, null));
    }

    private void connect(String from, String to, String connectivity) {
        String name = from + "-" + to + "." + edges.size();
        edges.add(new Edge(name, from, to, Connectivity.parse(connectivity)));
    }

    private NetworkPlan plan() {
        return new NetworkPlan(nodes, edges);
    }

    private NetworkPlan sparse() {
        int in = draw(4, 8);
        int low = draw(4, 7);
        int high = draw(3, 6);
        add("x", in, Population.Role.INPUT);
        add("low", low, Population.Role.HIDDEN);
        add("high", high, Population.Role.HIDDEN);
        add("y", 3, Population.Role.OUTPUT);
        connect("x", "low", "random:%d,seed=%d".formatted(draw(1, in), seed));
        connect("low", "high", "random:%d,seed=%d".formatted(draw(2, low), seed + 1));
        connect("x", "high", "random:2,seed=3");
        connect("high", "y", "all-to-all");
        connect("low", "y", "random:%d,seed=%d".formatted(draw(1, low), seed + 2));
        return plan();
    }

    private NetworkPlan images(boolean shrinks) {
        int channels = draw(1, 2);
        int height = shrinks ? draw(3, 4) : 2; // so that finite differences stay affordable
        int width = height + 1;
        int filters = draw(1, 2);
        int kernel = shrinks ? draw(2, 3) : 2;
        int stride = draw(1, 2);
        int padding = draw(0, 1);
        String numbers =
                "%dx%dx%d,filters=%d,kernel=%d,stride=%d,padding=%d"
                        .formatted(channels, height, width, filters, kernel, stride, padding);
        int tall = side(height, kernel, stride, padding, shrinks);
        int wide = side(width, kernel, stride, padding, shrinks);
        add("x", channels * height * width, Population.Role.INPUT);
        add("map", filters * tall * wide, Population.Role.HIDDEN);
        connect("x", "map", (shrinks ? "convolution:" : "transposed-convolution:") + numbers);
        String last = "map";
        if (Math.min(tall, wide) >= 2) {
            add("pool", filters * (tall / 2) * (wide / 2), Population.Role.HIDDEN);
            connect(
                    "map",
                    "pool",
                    "average-pooling:%dx%dx%d,size=2".formatted(filters, tall, wide));
            last = "pool";
        }
        add("y", 3, Population.Role.OUTPUT);
        connect(last, "y", "all-to-all");
        connect("x", "y", "random:2,seed=" + seed);
        return plan();
    }

    private static int side(int length, int kernel, int stride, int padding, boolean shrinks) {
        return shrinks
                ? (length + 2 * padding - kernel) / stride + 1
                : (length - 1) * stride + kernel - 2 * padding;
    }
}
