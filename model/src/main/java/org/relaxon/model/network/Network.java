package org.relaxon.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;

/**
 * The structure of a network: populations, projections between them, the initial parameters, and
 * the loss at the output. A network only describes; a session of a host holds the running weights.
 *
 * <p>The graph is acyclic (layers, with skip connections allowed); an inconsistent one is refused
 * when it is built. Populations are listed in topological order.
 */
public final class Network {
    private final List<Population> populations;
    private final List<Projection> projections;
    private final Loss loss;
    private final Parameters parameters;
    private final List<List<Projection>> into;
    private final List<List<Projection>> outOf;

    Network(
            List<Population> populations,
            List<Projection> projections,
            Loss loss,
            Parameters parameters) {
        this.populations = List.copyOf(populations);
        this.projections = List.copyOf(projections);
        this.loss = loss;
        this.parameters = parameters;
        into = byPopulation(Projection::post);
        outOf = byPopulation(Projection::pre);
    }

    private List<List<Projection>> byPopulation(ToIntFunction<Projection> end) {
        List<List<Projection>> of = new ArrayList<>();
        populations.forEach(p -> of.add(new ArrayList<>()));
        projections.forEach(p -> of.get(end.applyAsInt(p)).add(p));
        return of.stream().map(List::copyOf).toList();
    }

    /**
     * Builds a chain of layers named "0" (input) to "L" (output), with projections "1" to "L" named
     * after their postsynaptic layer.
     *
     * @param sizes n_0 ... n_L, at least two
     * @param hidden activation of the layers 1 to L - 1
     * @param output activation of the output layer
     * @param loss loss at the output
     * @param init distribution of weights and biases
     * @return the network, with its parameters drawn
     * @throws IllegalArgumentException naming the size or combination that is not allowed
     */
    public static Network layered(
            int[] sizes, Activation hidden, Activation output, Loss loss, Initialisation init) {
        if (sizes.length < 2) {
            throw new IllegalArgumentException(
                    "layers: need at least an input and an output, got " + sizes.length);
        }
        NetworkBuilder builder = new NetworkBuilder(loss);
        builder.input("0", sizes[0]);
        for (int l = 1; l < sizes.length; l++) {
            boolean last = l == sizes.length - 1;
            if (last) {
                builder.output(Integer.toString(l), sizes[l], output);
            } else {
                builder.hidden(Integer.toString(l), sizes[l], hidden);
            }
            builder.project(Integer.toString(l), Integer.toString(l - 1), Integer.toString(l));
        }
        return builder.build(init);
    }

    /**
     * Replaces the initial parameters.
     *
     * @param other parameters in the shapes of this network; each value must be finite
     * @return the same network with other parameters
     * @throws IllegalArgumentException naming the array that holds a value that is not finite
     */
    public Network with(Parameters other) {
        NetworkBuilder.requireFinite(populations, projections, other);
        return new Network(populations, projections, loss, other);
    }

    /** {@return the populations by index, in topological order} */
    public List<Population> populations() {
        return populations;
    }

    /** {@return the projections by index} */
    public List<Projection> projections() {
        return projections;
    }

    /**
     * {@return the population of an index}
     *
     * @param index the index, from 0
     */
    public Population population(int index) {
        return populations.get(index);
    }

    /**
     * {@return the projection of an index}
     *
     * @param index the index, from 0
     */
    public Projection projection(int index) {
        return projections.get(index);
    }

    /** {@return the loss at the output} */
    public Loss loss() {
        return loss;
    }

    /** {@return the initial parameters; do not write to them} */
    public Parameters parameters() {
        return parameters;
    }

    /** {@return zeros in the shapes of this network's parameters} */
    public Parameters zeros() {
        return Parameters.zeros(populations, projections);
    }

    /** {@return the only input population} */
    public Population input() {
        return only(Population.Role.INPUT);
    }

    /** {@return the only output population} */
    public Population output() {
        return only(Population.Role.OUTPUT);
    }

    /**
     * {@return the projections that end at a population, in index order}
     *
     * @param population index of the population
     */
    public List<Projection> into(int population) {
        return into.get(population);
    }

    /**
     * {@return the projections that start at a population, in index order}
     *
     * @param population index of the population
     */
    public List<Projection> outOf(int population) {
        return outOf.get(population);
    }

    /** {@return the number of projections on the longest path from input to output} */
    public int depth() {
        int[] depth = new int[populations.size()];
        for (Projection p : byPost()) {
            depth[p.post()] = Math.max(depth[p.post()], depth[p.pre()] + 1);
        }
        return depth[output().index()];
    }

    /**
     * {@return the number of projections on the longest path from a population to the output}
     *
     * @param population index of the population
     */
    public int height(int population) {
        int[] height = new int[populations.size()];
        List<Projection> down = new ArrayList<>(byPost());
        java.util.Collections.reverse(down);
        for (Projection p : down) {
            height[p.pre()] = Math.max(height[p.pre()], height[p.post()] + 1);
        }
        return height[population];
    }

    /**
     * Refuses a network in which a projection skips a layer.
     *
     * @param who the caller's name, for the message
     * @throws IllegalArgumentException naming the projection
     */
    public void requireLayered(String who) {
        for (Projection p : projections) {
            if (height(p.pre()) != height(p.post()) + 1) {
                throw new IllegalArgumentException(
                        "%s: defined for layered networks; projection %s skips a layer"
                                .formatted(who, p.name()));
            }
        }
    }

    private List<Projection> byPost() {
        List<Projection> sorted = new ArrayList<>(projections);
        sorted.sort(java.util.Comparator.comparingInt(Projection::post));
        return sorted;
    }

    private Population only(Population.Role role) {
        return populations.stream().filter(p -> p.role() == role).findFirst().orElseThrow();
    }

    /**
     * Sizes in population order, such as "8-16-12-4"; with the number of projections if that is no
     * chain of matrices.
     */
    @Override
    public String toString() {
        String sizes =
                populations.stream()
                        .map(p -> Integer.toString(p.size()))
                        .collect(java.util.stream.Collectors.joining("-"));
        return isChain() ? sizes : sizes + " with %d projections".formatted(projections.size());
    }

    private boolean isChain() {
        boolean chain = projections.size() == populations.size() - 1;
        for (Projection p : projections) {
            chain &= p.post() == p.pre() + 1;
            chain &= p.connectivity().isMatrix();
        }
        return chain;
    }
}
