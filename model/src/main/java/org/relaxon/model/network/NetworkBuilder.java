package org.relaxon.model.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.activation.StatedSlope;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.loss.StatedDerivatives;

/**
 * Builds a network population by population. Each step and {@link #build} refuse a network that
 * cannot run, naming both ends and both shapes, before anything starts.
 */
public final class NetworkBuilder {
    /** The largest population that is accepted, in neurons. */
    public static final int NEURONS_MAX = 1 << 20;

    /** The most synapses of one network: 2 GiB of weights. */
    public static final long SYNAPSES_MAX = 1L << 28;

    private final Loss loss;
    private final Map<String, Population> populations = new LinkedHashMap<>();
    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private long synapses; // of all projections
    private String tooMany; // the projection that makes more of them than are drawn; null so far

    /**
     * Starts a network without populations.
     *
     * @param loss loss at the output
     */
    public NetworkBuilder(Loss loss) {
        this.loss = loss;
    }

    /**
     * Starts with a chain of layers, see {@link Network#layered}.
     *
     * @param sizes n_0 ... n_L, at least two
     * @param hidden activation of the layers 1 to L - 1
     * @param output activation of the output layer
     * @param loss loss at the output
     * @return the builder
     */
    public static NetworkBuilder layered(
            int[] sizes, Activation hidden, Activation output, Loss loss) {
        if (sizes.length < 2) {
            throw new IllegalArgumentException(
                    "layers: need at least an input and an output, got " + sizes.length);
        }
        NetworkBuilder builder = new NetworkBuilder(loss);
        builder.input("0", sizes[0]);
        for (int l = 1; l < sizes.length; l++) {
            if (l == sizes.length - 1) {
                builder.output(Integer.toString(l), sizes[l], output);
            } else {
                builder.hidden(Integer.toString(l), sizes[l], hidden);
            }
            builder.project(Integer.toString(l), Integer.toString(l - 1), Integer.toString(l));
        }
        return builder;
    }

    /**
     * Adds a population that is clamped to the data. If there are several, the rows of an input
     * belong to them one after another, in the order in which they are added.
     *
     * @param name name of the population, unique in the network
     * @param size number of neurons, greater than 0
     * @return this builder
     */
    public NetworkBuilder input(String name, int size) {
        return add(name, size, Population.Role.INPUT, StandardActivation.LINEAR);
    }

    /**
     * Adds a free population.
     *
     * @param name name of the population, unique in the network
     * @param size number of neurons, greater than 0
     * @param activation activation of its neurons
     * @return this builder
     */
    public NetworkBuilder hidden(String name, int size, Activation activation) {
        return add(name, size, Population.Role.HIDDEN, activation);
    }

    /**
     * Adds a population that is nudged towards the target. If there are several, the rows of a
     * target belong to them one after another, in the order in which they are added, and the loss
     * of the network is the sum of theirs. An output may project onwards like a hidden population;
     * energies in which a nudge adds to feedback accept that.
     *
     * @param name name of the population, unique in the network
     * @param size number of neurons, greater than 0
     * @param activation activation of its neurons, which the loss must accept
     * @return this builder
     */
    public NetworkBuilder output(String name, int size, Activation activation) {
        if (!loss.accepts(activation)) {
            throw new IllegalArgumentException(
                    "loss: %s needs a linear output, got activation %s"
                            .formatted(loss.optionName(), activation.optionName()));
        }
        return add(name, size, Population.Role.OUTPUT, activation);
    }

    /**
     * Connects all neurons of two populations that have been added, or each neuron of one
     * population to all others. A projection against the order in which populations were added must
     * close a cycle.
     *
     * @param name name of the projection, unique in the network
     * @param pre name of the presynaptic population
     * @param post name of the postsynaptic population
     * @return this builder
     */
    public NetworkBuilder project(String name, String pre, String post) {
        Connectivity all = Connectivity.allToAll();
        return project(name, pre, post, pre.equals(post) ? Connectivity.others(all) : all);
    }

    /**
     * Connects some neurons of two populations that have been added. From a population to itself,
     * {@link Connectivity#others} leaves self-connections out.
     *
     * @param name name of the projection, unique in the network
     * @param pre name of the presynaptic population
     * @param post name of the postsynaptic population
     * @param connectivity which neuron reaches which
     * @return this builder
     */
    public NetworkBuilder project(String name, String pre, String post, Connectivity connectivity) {
        return add(name, pre, post, connectivity, projections.size());
    }

    /**
     * Connects two populations that have been added by the weights of another projection. Both
     * projections have the same strengths at all times, and each changes by the sum of their
     * updates.
     *
     * @param name name of the projection, unique in the network
     * @param pre name of the presynaptic population
     * @param post name of the postsynaptic population
     * @param weightsOf name of a projection that has been added, whose populations have the same
     *     sizes
     * @return this builder
     */
    public NetworkBuilder share(String name, String pre, String post, String weightsOf) {
        Projection owner = projections.get(weightsOf);
        if (owner == null) {
            throw new IllegalArgumentException(
                    "projection %s: there is no projection %s before it, whose weights it could use"
                            .formatted(name, weightsOf));
        }
        if (owner.weightsOf() != owner.index()) {
            throw new IllegalArgumentException(
                    "projection %s: %s itself uses the weights of %s; name that one"
                            .formatted(
                                    name,
                                    weightsOf,
                                    List.copyOf(projections.keySet()).get(owner.weightsOf())));
        }
        if (owner.hasOwnFeedback()) {
            throw new IllegalArgumentException(
                    "projection %s: %s has feedback weights of its own, which no other can use"
                            .formatted(name, weightsOf));
        }
        if (owner.connectivity().isFixed()) {
            throw new IllegalArgumentException(
                    "projection %s: %s has no weights to share: %s is fixed"
                            .formatted(name, weightsOf, owner.connectivity().spec()));
        }
        check().requireSizes(name, require(name, pre), require(name, post), owner);
        return add(name, pre, post, owner.connectivity(), owner.index());
    }

    /**
     * Gives a projection feedback weights of its own in place of the transpose of its weights. The
     * network then has no energy: its algorithms settle and learn, and no theorem about an energy
     * applies to them.
     *
     * @param name name of a projection that has been added: a matrix of its own between two
     *     populations that are not clamped, leading onwards
     * @param own how the feedback weights are drawn and change
     * @return this builder
     * @throws IllegalArgumentException naming the projection and what it lacks
     */
    public NetworkBuilder feedback(String name, Projection.FeedbackWeights own) {
        Projection of = projections.get(name);
        if (of == null) {
            throw new IllegalArgumentException("feedback: there is no projection " + name);
        }
        List<Population> nodes = List.copyOf(populations.values());
        Connectivity pattern = of.connectivity();
        String why = "";
        if (projections.values().stream().filter(e -> e.weightsOf() == of.weightsOf()).count()
                > 1) {
            why = "it shares its weights with another projection";
        } else if (!pattern.unscaled().isMatrix()) {
            why = "its connectivity is %s, not all-to-all".formatted(pattern.spec());
        } else if (!of.leadsOnwards()) {
            why = "it closes a cycle";
        } else if (nodes.get(of.pre()).role() == Population.Role.INPUT) {
            why = "nothing is sent back to an input";
        }
        if (!why.isEmpty()) {
            throw new IllegalArgumentException(
                    "projection " + name + ": no feedback weights of its own: " + why);
        }
        countSynapses(name, pattern, nodes.get(of.pre()), nodes.get(of.post()));
        projections.put(name, of.withFeedback(own));
        return this;
    }

    private NetworkBuilder add(
            String name, String pre, String post, Connectivity connectivity, int weightsOf) {
        Population from = require(name, pre);
        Population to = require(name, post);
        if (to.role() == Population.Role.INPUT) {
            throw new IllegalArgumentException(
                    "projection %s: %s -> %s must not end at an input".formatted(name, pre, post));
        }
        if (from != to && connectivity.isAmongOthers()) {
            throw new IllegalArgumentException(
                    "projection %s: %s -> %s: %s leads from a population to itself"
                            .formatted(name, pre, post, connectivity.spec()));
        }
        Projection.requireFit(name, connectivity, from, to);
        Projection projection =
                new Projection(
                        projections.size(),
                        name,
                        from.index(),
                        to.index(),
                        connectivity,
                        weightsOf,
                        weightsOf != projections.size());
        if (projections.containsKey(name)) {
            throw new IllegalArgumentException(
                    "projection %s is defined twice; give each a name".formatted(name));
        }
        countSynapses(name, connectivity, from, to);
        projections.put(name, projection);
        return this;
    }

    /** {@return the number of synapses so far, of feedback weights of their own as well} */
    public long synapses() {
        return synapses;
    }

    private void countSynapses(String name, Connectivity of, Population from, Population to) {
        synapses += of.synapses(from.size(), to.size());
        if (synapses > SYNAPSES_MAX && tooMany == null) {
            tooMany =
                    "projection %s: %s -> %s makes more than %d synapses in all"
                            .formatted(name, from.name(), to.name(), SYNAPSES_MAX);
        }
    }

    /**
     * Refuses a projection against the order of populations that closes no cycle, once all
     * projections have been added: with another order it would lead onwards.
     *
     * @param name name of the projection
     * @return this builder
     * @throws IllegalArgumentException naming it, and the order that it needs
     */
    public NetworkBuilder requireOrder(String name) {
        Projection back = projections.get(name);
        if (back.leadsOnwards() || back.isLateral() || check().leads(back.post(), back.pre())) {
            return this;
        }
        List<String> names = List.copyOf(populations.keySet());
        String pre = names.get(back.pre());
        String post = names.get(back.post());
        throw new IllegalArgumentException(
                "projection %s: %s -> %s closes no cycle; list %s before %s"
                        .formatted(name, pre, post, pre, post));
    }

    /**
     * Checks the whole graph and draws its parameters.
     *
     * @param initialisation distribution of weights and biases
     * @return the network
     * @throws IllegalArgumentException if it cannot run, if it has more than {@link #SYNAPSES_MAX}
     *     synapses, or if the derivatives of a user's loss contradict its value
     */
    public Network build(Initialisation initialisation) {
        Network net = requireFew().outline(initialisation);
        return net.with(net.drawn(initialisation, null));
    }

    /**
     * Checks the whole graph and draws nothing: weights are absent, which read as zeros and take no
     * memory, and biases zeros. It may have any number of synapses.
     *
     * @param initialisation distribution of weights and biases, which may state scales
     * @return the structure of the network
     * @throws IllegalArgumentException if it cannot run
     */
    public Network outline(Initialisation initialisation) {
        List<Population> nodes = List.copyOf(populations.values());
        List<Projection> edges = initialisation.scaled(nodes, tied());
        edges.forEach(e -> requireOrder(e.name()));
        requireRoles();
        populations.keySet().forEach(this::requireJoined);
        if (!(loss instanceof StandardLoss)) {
            nodes.stream()
                    .filter(p -> p.role() == Population.Role.OUTPUT)
                    .forEach(p -> StatedDerivatives.require(loss, p.size()));
        }
        nodes.stream()
                .map(Population::activation)
                .filter(f -> f != null && !(f instanceof StandardActivation))
                .distinct()
                .forEach(StatedSlope::require);
        return new Network(nodes, edges, loss, Parameters.zeros(nodes, edges, new int[0][]));
    }

    /**
     * {@return this builder, unless it has more synapses than are drawn}
     *
     * @throws IllegalArgumentException naming the projection that makes too many
     */
    public NetworkBuilder requireFew() {
        if (tooMany != null) {
            throw new IllegalArgumentException(tooMany);
        }
        return this;
    }

    private GraphCheck check() {
        return new GraphCheck(populations.values(), projections.values());
    }

    /** All projections, tied where others use the same weights. */
    private List<Projection> tied() {
        Map<Integer, Long> users =
                projections.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Projection::weightsOf, Collectors.counting()));
        return projections.values().stream()
                .map(e -> e.tied(users.get(e.weightsOf()) > 1))
                .toList();
    }

    /**
     * Refuses a graph without an input or without an output.
     *
     * @return this builder
     * @throws IllegalArgumentException naming what is missing
     */
    public NetworkBuilder requireRoles() {
        check().requireRoles();
        return this;
    }

    /**
     * Refuses a population that no projection reaches, or that reaches no other. As the graph has
     * no cycle, each is then on a way from an input to an output.
     *
     * @param population name of a population that has been added, with all its projections
     * @return this builder
     * @throws IllegalArgumentException naming the population
     */
    public NetworkBuilder requireJoined(String population) {
        check().requireJoined(populations.get(population));
        return this;
    }

    private NetworkBuilder add(String name, int size, Population.Role role, Activation f) {
        if (size < 1 || size > NEURONS_MAX) {
            throw new IllegalArgumentException(
                    "population %s: size %d is not in 1..%d".formatted(name, size, NEURONS_MAX));
        }
        Population population = new Population(populations.size(), name, size, role, f);
        if (populations.putIfAbsent(name, population) != null) {
            throw new IllegalArgumentException("population " + name + " is defined twice");
        }
        return this;
    }

    private Population require(String projection, String population) {
        Population found = populations.get(population);
        if (found == null) {
            throw new IllegalArgumentException(
                    "projection %s: there is no population %s".formatted(projection, population));
        }
        return found;
    }
}
