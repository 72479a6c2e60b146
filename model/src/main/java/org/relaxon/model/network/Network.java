package org.relaxon.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Matrix;

/**
 * The structure of a network: populations, projections between them, the initial parameters, and
 * the loss at its outputs. A network only describes; a session of a host holds the running weights.
 *
 * <p>Populations are listed in an order in which each receives from an earlier one. A projection to
 * a later population leads <em>onwards</em>; one to an earlier population (recurrent) or to its own
 * (lateral) closes a cycle, which rules of a symmetric energy allow. Height and depth count
 * projections that lead onwards. An inconsistent network is refused when it is built.
 *
 * <p>The rows of an input matrix belong to the inputs one after another, in the order of their
 * indices; those of a target to the outputs. The loss of the network is the sum of the losses of
 * its outputs.
 */
public final class Network {
    private final List<Population> populations;
    private final List<Projection> projections;
    private final Loss loss;
    private final Parameters parameters;
    private final List<List<Projection>> into;
    private final List<List<Projection>> outOf;
    private final List<Population> inputs;
    private final List<Population> outputs;
    private final List<Projection> closing;
    private final int inputSize;
    private final int outputSize;

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
        inputs = having(Population.Role.INPUT);
        outputs = having(Population.Role.OUTPUT);
        closing = this.projections.stream().filter(p -> !p.leadsOnwards()).toList();
        inputSize = inputs.stream().mapToInt(Population::size).sum();
        outputSize = outputs.stream().mapToInt(Population::size).sum();
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
        return NetworkBuilder.layered(sizes, hidden, output, loss).build(init);
    }

    /**
     * Replaces the initial parameters.
     *
     * @param other parameters in the shapes of this network; each value must be finite
     * @return the same network with other parameters
     * @throws IllegalArgumentException naming the array that holds a value that is not finite
     */
    public Network with(Parameters other) {
        ParameterCheck.require(populations, projections, other);
        return new Network(populations, projections, loss, other);
    }

    /** {@return the populations by index; all projections but those that close a cycle ascend} */
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
        return Parameters.zeros(populations, projections, null);
    }

    /**
     * {@return zeros of which only some neurons have weights of their own; those of all others are
     * absent: they read as zeros, take no memory, and are not to be written to} Weights that
     * several synapses share are always there.
     *
     * @param present first neuron and the one after the last, by population; null for all neurons
     */
    public Parameters zeros(int[][] present) {
        return Parameters.zeros(populations, projections, present);
    }

    /**
     * {@return initial parameters of some neurons, the same numbers as in a draw for all}
     *
     * @param initialisation distribution of weights and biases
     * @param present as in {@link #zeros(int[][])}
     */
    public Parameters drawn(Initialisation initialisation, int[][] present) {
        Parameters out = zeros(present);
        initialisation.fill(this, out);
        return out;
    }

    /** {@return the same network without numbers: weights are absent, biases zeros} */
    public Network outline() {
        return new Network(populations, projections, loss, zeros(new int[0][]));
    }

    /**
     * Replaces updates of projections that use the same weights by their sum, in each of them.
     *
     * @param update in the shapes of this network's parameters; changed in place
     * @return the update
     */
    public Parameters sumTied(Parameters update) {
        for (Projection owner : projections) {
            if (owner.isTied() && owner.weightsOf() == owner.index()) {
                update.sum(
                        projections.stream()
                                .filter(p -> p.weightsOf() == owner.index())
                                .mapToInt(Projection::index)
                                .toArray());
            }
        }
        return update;
    }

    /** {@return why there is no energy: feedback weights of its own; empty if there is one} */
    public String noEnergy() {
        List<Projection> own = projections.stream().filter(Projection::hasOwnFeedback).toList();
        return own.isEmpty() ? "" : Projection.NO_ENERGY + named(own);
    }

    /** {@return the input populations by index; at least one} */
    public List<Population> inputs() {
        return inputs;
    }

    /** {@return the output populations by index; at least one} */
    public List<Population> outputs() {
        return outputs;
    }

    /**
     * {@return the only input population}
     *
     * @throws IllegalArgumentException if there are several, naming them
     */
    public Population input() {
        return only(inputs);
    }

    /**
     * {@return the only output population}
     *
     * @throws IllegalArgumentException if there are several, naming them
     */
    public Population output() {
        return only(outputs);
    }

    /** {@return the number of rows of an input: the neurons of all input populations} */
    public int inputSize() {
        return inputSize;
    }

    /** {@return the number of rows of a target: the neurons of all output populations} */
    public int outputSize() {
        return outputSize;
    }

    /**
     * {@return the first row of an input population in an input matrix, or of an output population
     * in a target; 0 for any other}
     *
     * @param population index of the population
     */
    public int firstRow(int population) {
        Population.Role role = populations.get(population).role();
        int row = 0;
        for (Population before : populations.subList(0, population)) {
            row += role != Population.Role.HIDDEN && before.role() == role ? before.size() : 0;
        }
        return row;
    }

    /**
     * {@return the rows of an input or a target that belong to one population, flat (n, columns)}
     * An only input or output owns all of them: its array is that of the matrix and must not be
     * written to.
     *
     * @param ends rows of all inputs, or of all outputs
     * @param population index of an input population, or of an output
     */
    public double[] rowsOf(Matrix ends, int population) {
        return rowsOf(ends.values(), ends.columns(), population);
    }

    /**
     * {@return the same of a flat matrix, such as one example's column}
     *
     * @param ends rows of all inputs, or of all outputs, row-major
     * @param columns number of columns
     * @param population index of an input population, or of an output
     */
    public double[] rowsOf(double[] ends, int columns, int population) {
        int count = populations.get(population).size() * columns;
        if (ends.length == count) {
            return ends;
        }
        int from = firstRow(population) * columns;
        return Arrays.copyOfRange(ends, from, from + count);
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

    /**
     * {@return the lateral and recurrent projections, by index; empty in a graph without cycles}
     */
    public List<Projection> closing() {
        return closing;
    }

    /**
     * Refuses a network with lateral or recurrent projections.
     *
     * @param who the caller's name, for the message
     * @throws IllegalArgumentException naming the projections
     */
    public void requireAcyclic(String who) {
        if (!closing().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: not defined where projections close a cycle, as %s; ep, hep, chl-clamped, coupled and a stated energy that is no divergence run there"
                            .formatted(who, named(closing())));
        }
    }

    private String named(List<Projection> some) {
        return some.stream()
                .map(p -> "%s (%s -> %s)".formatted(p.name(), name(p.pre()), name(p.post())))
                .collect(Collectors.joining(", "));
    }

    private String name(int population) {
        return populations.get(population).name();
    }

    /**
     * {@return the number of projections on the longest path from an input to an output, those that
     * close a cycle left out}
     */
    public int depth() {
        int[] depth = new PathLengths(populations, projections).fromInputs();
        return outputs().stream().mapToInt(p -> depth[p.index()]).max().orElse(0);
    }

    /**
     * {@return the number of projections on the longest path from a population to an output, those
     * that close a cycle left out}
     *
     * @param population index of the population
     */
    public int height(int population) {
        return new PathLengths(populations, projections).toOutputs()[population];
    }

    /**
     * Refuses a network with a projection that skips a layer or closes a cycle, or early outputs.
     *
     * @param who the caller's name, for the message
     * @throws IllegalArgumentException naming the projection
     */
    public void requireLayered(String who) {
        requireAcyclic(who);
        for (Population output : outputs()) {
            for (Projection onwards : outOf(output.index())) {
                throw new IllegalArgumentException(
                        "%s: defined for layered networks; output %s projects onwards by %s"
                                .formatted(who, output.name(), onwards.name()));
            }
        }
        for (Projection p : projections) {
            if (height(p.pre()) != height(p.post()) + 1) {
                throw new IllegalArgumentException(
                        "%s: defined for layered networks; projection %s skips a layer"
                                .formatted(who, p.name()));
            }
        }
    }

    private List<Population> having(Population.Role role) {
        return populations.stream().filter(p -> p.role() == role).toList();
    }

    private static Population only(List<Population> some) {
        if (some.size() != 1) {
            throw new IllegalArgumentException(
                    "network: has %d %s populations, %s; this is defined for one"
                            .formatted(
                                    some.size(),
                                    some.get(0).role().name().toLowerCase(Locale.ROOT),
                                    some.stream().map(Population::name).toList()));
        }
        return some.get(0);
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
                        .collect(Collectors.joining("-"));
        return isChain() ? sizes : sizes + " with %d projections".formatted(projections.size());
    }

    private boolean isChain() {
        return projections.size() == populations.size() - 1
                && projections.stream().allMatch(Projection::joinsNeighbours);
    }
}
