package org.relaxon.experiments.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.experiments.data.Task;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Makes the problem that options describe.
 *
 * @param spec the options
 * @param outlined whether its network is an outline, without weights
 */
record ProblemBuilder(ProblemSpec spec, boolean outlined) {
    /** Draws all weights. */
    ProblemBuilder(ProblemSpec spec) {
        this(spec, false);
    }

    Problem build(DataSource source) throws IOException {
        return build(source, source.isRandom() ? null : source.set(spec.seed()));
    }

    Problem build(DataSource source, DataSet set) throws IOException {
        Initialisation init = new Initialisation(spec.scheme(), spec.gain(), spec.seed());
        Network drawnNetwork =
                spec.graph().isPresent() ? graph(set, init) : layered(source, set, init);
        Network network =
                spec.weights().isEmpty()
                        ? drawnNetwork
                        : WeightsFile.load(Path.of(spec.weights()), drawnNetwork);
        Batch drawn =
                source.isRandom()
                        ? Batch.random(
                                network, spec.loss(), spec.seed(), spec.firstSample(), spec.batch())
                        : Batch.of(set, spec.seed(), spec.firstSample(), spec.batch());
        return new Problem(
                network,
                drawn.input(),
                drawn.target(),
                spec.data(),
                describe(network),
                set == null ? drawnTask() : Task.of(set),
                set == null ? Optional.empty() : ImageShape.of(set),
                Kernels.Precision.DOUBLE);
    }

    private Network layered(DataSource source, DataSet set, Initialisation init) {
        List<Integer> sizes = spec.layers().isEmpty() ? source.defaultLayers(set) : spec.layers();
        requireFit("layers: " + text(sizes), sizes.get(0), sizes.get(sizes.size() - 1), set);
        long weights = 0;
        for (int l = 1; l < sizes.size(); l++) {
            weights += (long) sizes.get(l) * sizes.get(l - 1);
        }
        requireRoom("layers: " + text(sizes), weights, sizes);
        int[] n = sizes.stream().mapToInt(Integer::intValue).toArray();
        NetworkBuilder chain =
                NetworkBuilder.layered(n, spec.activation(), spec.outputActivation(), spec.loss());
        if (spec.feedback().isEmpty()) {
            return network(chain, init);
        }
        NetworkPlan plan = NetworkPlan.of(chain.outline(init));
        return network(plan.withFeedback(spec.feedback().get()), init);
    }

    private Network network(NetworkPlan plan, Initialisation init) {
        return network(plan.builder(spec.activation(), spec.outputActivation(), spec.loss()), init);
    }

    private Network network(NetworkBuilder builder, Initialisation init) {
        return outlined ? builder.outline(init) : builder.build(init);
    }

    private Network graph(DataSet set, Initialisation init) {
        NetworkPlan plan = spec.graph().orElseThrow();
        List<Integer> sizes = plan.populations().stream().map(NetworkPlan.Node::size).toList();
        requireRoom("network", plan.synapses(), sizes);
        Network network = network(plan, init);
        requireFit("network", network.inputSize(), network.outputSize(), set);
        if (set != null && network.outputs().size() > 1 && spec.loss().needsDistribution()) {
            throw new IllegalArgumentException(
                    "loss: %s needs one class for each of the outputs %s, data %s has one for all of them; use squared"
                            .formatted(
                                    spec.loss().optionName(),
                                    network.outputs().stream().map(Population::name).toList(),
                                    set.name()));
        }
        return network;
    }

    /** Random classes under the cross-entropy, otherwise random quantities. */
    private Task drawnTask() {
        return spec.loss().needsDistribution() ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private static void requireFit(String what, int inputs, int outputs, DataSet set) {
        if (set != null && (set.inputs() != inputs || set.classes() != outputs)) {
            throw new IllegalArgumentException(
                    "%s has %d inputs and %d outputs, data %s has %d inputs and %d classes"
                            .formatted(
                                    what,
                                    inputs,
                                    outputs,
                                    set.name(),
                                    set.inputs(),
                                    set.classes()));
        }
    }

    private void requireRoom(String what, long weights, List<Integer> sizes) {
        if (weights > ProblemSpec.NUMBERS_MAX && !outlined) {
            throw new IllegalArgumentException(
                    "%s has %d weights, at most %d are accepted"
                            .formatted(what, weights, ProblemSpec.NUMBERS_MAX));
        }
        long widest = sizes.stream().mapToLong(Integer::longValue).max().orElse(0);
        if (widest * spec.batch() > ProblemSpec.NUMBERS_MAX) {
            throw new IllegalArgumentException(
                    "batch: %d columns of %d neurons, at most %d numbers are accepted"
                            .formatted(spec.batch(), widest, ProblemSpec.NUMBERS_MAX));
        }
    }

    private String describe(Network network) {
        String weights =
                spec.weights().isEmpty()
                        ? "%s weights with gain %s"
                                .formatted(spec.scheme().optionName(), Numeral.text(spec.gain()))
                        : "weights of " + spec.weights();
        String feedback =
                network.projections().stream()
                        .filter(Projection::hasOwnFeedback)
                        .map(e -> ", feedback weights " + e.ownFeedback())
                        .distinct()
                        .collect(Collectors.joining());
        return "%s %s, %s output, %s loss, %s%s, %s data, batch %d, seed %d"
                .formatted(
                        network,
                        activations(network),
                        network.outputs().stream()
                                .map(p -> p.activation().optionName())
                                .distinct()
                                .collect(Collectors.joining(" and ")),
                        spec.loss().optionName(),
                        weights,
                        feedback,
                        spec.data(),
                        spec.batch(),
                        spec.seed());
    }

    /** The activations of hidden populations, which those of a network file may differ in. */
    private String activations(Network network) {
        List<String> names =
                network.populations().stream()
                        .filter(p -> p.role() == Population.Role.HIDDEN)
                        .map(p -> p.activation().optionName())
                        .distinct()
                        .toList();
        return names.isEmpty() ? spec.activation().optionName() : String.join(" and ", names);
    }

    private static String text(List<Integer> sizes) {
        return sizes.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
