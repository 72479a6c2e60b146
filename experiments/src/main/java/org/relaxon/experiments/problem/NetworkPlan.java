package org.relaxon.experiments.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.runtime.Conditions.Timing;

/**
 * The populations and projections of a network, without its loss and parameters, and how long its
 * signals travel and its cells pause: what a network file states.
 *
 * @param populations in an order in which every projection leads onwards or closes a cycle
 * @param projections in any order
 * @param timing delays of projections and refractory periods of populations
 */
public record NetworkPlan(List<Node> populations, List<Edge> projections, Timing timing) {
    /**
     * A population.
     *
     * @param name unique name
     * @param size number of neurons
     * @param role what it is for
     * @param activation its activation; null for the one that the options name
     */
    public record Node(String name, int size, Population.Role role, Activation activation) {
        /** Adds the population, with an activation for its role if it names none. */
        NetworkBuilder addTo(NetworkBuilder builder, Activation hidden, Activation output) {
            return switch (role) {
                case INPUT -> builder.input(name, size);
                case HIDDEN ->
                        builder.hidden(name, size, Objects.requireNonNullElse(activation, hidden));
                case OUTPUT ->
                        builder.output(name, size, Objects.requireNonNullElse(activation, output));
            };
        }
    }

    /**
     * A projection.
     *
     * @param name unique name; the weights of an NPZ file are W and this name
     * @param from name of the presynaptic population
     * @param to name of the postsynaptic population
     * @param connectivity which neuron reaches which; null if it uses the weights of another
     * @param weightsOf name of the projection whose weights it uses; null for its own
     * @param feedback how its feedback weights are drawn and change; null where feedback is weighed
     *     by the transpose of its weights
     */
    public record Edge(
            String name,
            String from,
            String to,
            Connectivity connectivity,
            String weightsOf,
            FeedbackWeights feedback) {
        /**
         * Connects some neurons, with feedback by the transpose.
         *
         * @param name unique name
         * @param from name of the presynaptic population
         * @param to name of the postsynaptic population
         * @param connectivity which neuron reaches which; null if it uses the weights of another
         * @param weightsOf name of the projection whose weights it uses; null for its own
         */
        public Edge(
                String name, String from, String to, Connectivity connectivity, String weightsOf) {
            this(name, from, to, connectivity, weightsOf, null);
        }

        /**
         * Connects some neurons.
         *
         * @param name unique name
         * @param from name of the presynaptic population
         * @param to name of the postsynaptic population
         * @param connectivity which neuron reaches which
         */
        public Edge(String name, String from, String to, Connectivity connectivity) {
            this(name, from, to, connectivity, null);
        }

        /**
         * Connects all neurons, from a population to itself every neuron to all others.
         *
         * @param name unique name
         * @param from name of the presynaptic population
         * @param to name of the postsynaptic population
         */
        public Edge(String name, String from, String to) {
            this(name, from, to, usual(from, to));
        }

        private static Connectivity usual(String from, String to) {
            Connectivity all = Connectivity.allToAll();
            return from.equals(to) ? Connectivity.others(all) : all;
        }

        /** The same projection with feedback weights of its own; null for the transpose. */
        Edge withFeedback(FeedbackWeights own) {
            return new Edge(name, from, to, connectivity, weightsOf, own);
        }

        /** Adds the projection. */
        NetworkBuilder addTo(NetworkBuilder builder) {
            if (weightsOf == null) {
                builder.project(name, from, to, connectivity);
            } else {
                builder.share(name, from, to, weightsOf);
            }
            return feedback == null ? builder : builder.feedback(name, feedback);
        }

        /**
         * Whether its connectivity, apart from a scale, is what a projection has that states none.
         */
        boolean isUsual() {
            return weightsOf != null || connectivity.unscaled().equals(usual(from, to));
        }
    }

    /**
     * Copies the lists.
     *
     * @param populations in an order in which every projection leads onwards or closes a cycle
     * @param projections in any order
     * @param timing delays of projections and refractory periods of populations
     */
    public NetworkPlan {
        populations = List.copyOf(populations);
        projections = List.copyOf(projections);
    }

    /**
     * A plan that states no times.
     *
     * @param populations in an order in which every projection leads onwards or closes a cycle
     * @param projections in any order
     */
    public NetworkPlan(List<Node> populations, List<Edge> projections) {
        this(populations, projections, Timing.NONE);
    }

    /**
     * {@return the same plan with other times}
     *
     * @param value delays of projections and refractory periods of populations
     */
    public NetworkPlan withTiming(Timing value) {
        return new NetworkPlan(populations, projections, value);
    }

    /**
     * {@return the plan of a network, which states no times}
     *
     * @param network the network
     */
    public static NetworkPlan of(Network network) {
        List<Node> nodes = new ArrayList<>();
        for (Population p : network.populations()) {
            boolean input = p.role() == Population.Role.INPUT;
            nodes.add(new Node(p.name(), p.size(), p.role(), input ? null : p.activation()));
        }
        List<Edge> edges = new ArrayList<>();
        for (Projection e : network.projections()) {
            boolean own = e.weightsOf() == e.index();
            edges.add(
                    new Edge(
                            e.name(),
                            network.population(e.pre()).name(),
                            network.population(e.post()).name(),
                            own ? e.connectivity() : null,
                            own ? null : network.projection(e.weightsOf()).name(),
                            e.ownFeedback()));
        }
        return new NetworkPlan(nodes, edges);
    }

    /**
     * The same plan with feedback weights of their own where signals are fed back.
     *
     * @throws IllegalArgumentException if no projection feeds back, since all lead from inputs
     */
    NetworkPlan withFeedback(FeedbackWeights own) {
        List<String> inputs =
                populations.stream()
                        .filter(n -> n.role() == Population.Role.INPUT)
                        .map(Node::name)
                        .toList();
        if (projections.stream().allMatch(e -> inputs.contains(e.from()))) {
            throw new IllegalArgumentException(
                    "feedback: %s; no projection feeds back, as all lead from inputs, which are clamped; add a hidden layer, or leave it out"
                            .formatted(own));
        }
        List<Edge> edges =
                projections.stream()
                        .map(e -> inputs.contains(e.from()) ? e : e.withFeedback(own))
                        .toList();
        return new NetworkPlan(populations, edges, timing);
    }

    /**
     * Builds the network and draws its parameters.
     *
     * @param hidden activation of hidden populations that name none
     * @param output activation of an output that names none
     * @param loss loss at the output
     * @param initialisation distribution of the parameters
     * @return the network
     * @throws IllegalArgumentException naming the population or projection that cannot be built
     */
    public Network build(
            Activation hidden, Activation output, Loss loss, Initialisation initialisation) {
        return builder(hidden, output, loss).build(initialisation);
    }

    /** A builder with all populations and projections. */
    NetworkBuilder builder(Activation hidden, Activation output, Loss loss) {
        NetworkBuilder builder = new NetworkBuilder(loss);
        populations.forEach(n -> n.addTo(builder, hidden, output));
        projections.forEach(e -> e.addTo(builder));
        return builder;
    }

    /**
     * {@return the number of projections on the longest path that ends at an output} Zero if
     * nothing leads there: such a plan cannot be built.
     */
    public int depth() {
        List<String> names = populations.stream().map(Node::name).toList();
        int[] depth = new int[names.size()];
        int deepest = 0;
        for (int k = 0; k < depth.length; k++) {
            for (Edge e : projections) {
                int from = names.indexOf(e.from());
                if (e.to().equals(names.get(k)) && from >= 0 && from < k) {
                    depth[k] = Math.max(depth[k], depth[from] + 1);
                }
            }
            if (populations.get(k).role() == Population.Role.OUTPUT) {
                deepest = Math.max(deepest, depth[k]);
            }
        }
        return deepest;
    }

    /** {@return the number of synapses, those of projections between known populations} */
    public long synapses() {
        long sum = 0;
        for (Edge e : projections) {
            sum += connectivity(e).synapses(size(e.from()), size(e.to()));
        }
        return sum;
    }

    /**
     * {@return which neuron reaches which, of a projection or of the one whose weights it uses}
     *
     * @param edge one of the projections
     */
    public Connectivity connectivity(Edge edge) {
        return edge.weightsOf() == null
                ? edge.connectivity()
                : projections.stream()
                        .filter(e -> e.name().equals(edge.weightsOf()))
                        .findFirst()
                        .orElseThrow()
                        .connectivity();
    }

    private int size(String population) {
        return populations.stream()
                .filter(n -> n.name().equals(population))
                .mapToInt(Node::size)
                .findFirst()
                .orElse(0);
    }
}
