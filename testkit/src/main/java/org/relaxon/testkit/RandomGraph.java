package org.relaxon.testkit;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;

/**
 * Random graphs: one input, one output, one to five hidden populations of one to seven neurons, and
 * projections that skip, branch, join and double, of which every population has one in and one out;
 * on request others that close cycles. A graph is a function of its seed.
 */
public final class RandomGraph {
    private static final long STREAM = 0x6772L;
    private static final int HIDDEN_MAX = 5;
    private static final int SIZE_MAX = 7;
    private static final double DENSITY = 0.5;
    private static final double DOUBLED = 0.15;

    private static final double LATERAL = 0.5;
    private static final double SELF = 0.2;
    private static final double BACK = 0.3;
    private static final double GAIN_OF_CYCLES = 0.2;

    private record Edge(String name, int pre, int post) {}

    private final long seed;
    private final boolean cycles;
    private long counter;

    private RandomGraph(long seed, boolean cycles) {
        this.seed = seed;
        this.cycles = cycles;
    }

    /**
     * {@return the graph of a seed, and at least one lateral or recurrent projection beside those
     * that lead onwards; the first hidden population has two neurons or more, and weights are so
     * small that a Hopfield energy has a minimum}
     *
     * @param seed seed of the graph and its weights
     * @param hidden activation of the hidden populations
     */
    public static Network withCycles(long seed, Activation hidden) {
        return new RandomGraph(seed, true).draw(hidden);
    }

    /**
     * {@return a graph without cycles, a linear output, squared loss and uniformly distributed
     * weights; population k is called {@code pk}}
     *
     * @param seed seed of the graph and its weights
     * @param hidden activation of the hidden populations
     */
    public static Network of(long seed, Activation hidden) {
        return new RandomGraph(seed, false).draw(hidden);
    }

    /** A whole number from 0 to {@code n - 1}. */
    private int pick(int n) {
        return (int) (CounterRandom.uniform(seed, STREAM, counter++) * n);
    }

    private boolean chance(double p) {
        return CounterRandom.uniform(seed, STREAM, counter++) < p;
    }

    private Network draw(Activation hidden) {
        int count = 3 + pick(HIDDEN_MAX);
        int[] sizes = new int[count];
        NetworkBuilder network = new NetworkBuilder(StandardLoss.SQUARED);
        for (int k = 0; k < count; k++) {
            int size = Math.max(1 + pick(SIZE_MAX), cycles && k == 1 ? 2 : 1);
            sizes[k] = size;
            if (k == 0) {
                network.input("p" + k, size);
            } else if (k < count - 1) {
                network.hidden("p" + k, size, hidden);
            } else {
                network.output("p" + k, size, StandardActivation.LINEAR);
            }
        }
        List<Edge> edges = edges(count);
        for (Edge e : edges) {
            network.project(e.name(), "p" + e.pre(), "p" + e.post());
        }
        if (cycles) {
            close(network, sizes, edges);
        }
        return network.build(
                cycles
                        ? new Initialisation(Initialisation.Scheme.NORMAL, GAIN_OF_CYCLES, seed)
                        : Initialisation.uniform(seed));
    }

    private List<Edge> edges(int count) {
        List<Edge> out = new ArrayList<>();
        for (int post = 1; post < count; post++) {
            int needed = pick(post); // what feeds this one, whatever else does
            for (int pre = 0; pre < post; pre++) {
                if (pre == needed || chance(DENSITY)) {
                    add(out, pre, post);
                }
            }
        }
        for (int k = 0; k < count - 1; k++) {
            int pre = k;
            if (out.stream().noneMatch(e -> e.pre() == pre)) {
                add(out, pre, count - 1);
            }
        }
        return out;
    }

    private void close(NetworkBuilder network, int[] sizes, List<Edge> onwards) {
        int count = sizes.length;
        boolean any = false;
        for (int post = 1; post < count; post++) {
            boolean[] reached = reachedFrom(post, count, onwards);
            for (int pre = post; pre < count; pre++) {
                boolean lateral = pre == post;
                boolean others = lateral && !chance(SELF);
                boolean possible = reached[pre] && !(others && sizes[pre] == 1);
                if (possible && chance(lateral ? LATERAL : BACK)) {
                    Connectivity all = Connectivity.allToAll();
                    network.project(
                            "p" + pre + "-" + post,
                            "p" + pre,
                            "p" + post,
                            others ? Connectivity.others(all) : all);
                    any = true;
                }
            }
        }
        if (!any) {
            network.project("p1-1", "p1", "p1");
        }
    }

    private static boolean[] reachedFrom(int start, int count, List<Edge> onwards) {
        boolean[] reached = new boolean[count];
        reached[start] = true;
        for (int pre = start; pre < count; pre++) {
            for (Edge e : onwards) {
                reached[e.post()] |= e.pre() == pre && reached[pre];
            }
        }
        return reached;
    }

    private void add(List<Edge> edges, int pre, int post) {
        int copies = chance(DOUBLED) ? 2 : 1;
        for (int c = 0; c < copies; c++) {
            edges.add(new Edge("p" + pre + "-" + post + (c == 0 ? "" : "-again"), pre, post));
        }
    }
}
