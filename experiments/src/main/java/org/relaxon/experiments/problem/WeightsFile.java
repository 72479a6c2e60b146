package org.relaxon.experiments.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzListing;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** Weights and biases from an NPZ file, under the names W1, b1, ... that a run directory uses. */
final class WeightsFile {
    private WeightsFile() {}

    /**
     * The same network with the file's parameters; further arrays in the file are ignored. Feedback
     * weights F1, ... that it lacks stay as they were drawn.
     *
     * @throws IllegalArgumentException naming the array that is missing, has another shape, or
     *     holds a value that is not finite
     * @throws IOException if the file cannot be read or is malformed
     */
    static Network load(Path file, Network network) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (Projection e : network.projections()) {
            wanted.add("W" + e.name());
            wanted.add("j" + e.name());
            wanted.add("F" + e.name());
        }
        network.populations().forEach(p -> wanted.add("b" + p.name()));
        Map<String, NpyArray> arrays =
                NpzReader.read(file, wanted::contains, NpzReader.memoryBudget());
        Parameters parameters = network.zeros();
        for (Projection e : network.projections()) {
            loadFeedback(file, arrays, network, e, parameters.feedback(e.index()));
            double[][] w = parameters.weights(e.index());
            if (w.length == 0) {
                continue; // all fixed
            }
            NpyArray from = require(file, arrays, "W" + e.name(), w.length, w[0].length);
            requireSynapses(file, arrays, network, e);
            fill(w, from);
        }
        for (Population p : network.populations()) {
            double[] b = parameters.biases(p.index());
            if (p.role() != Population.Role.INPUT) {
                NpyArray from = require(file, arrays, "b" + p.name(), b.length);
                for (int i = 0; i < b.length; i++) {
                    b[i] = from.value(i);
                }
            }
        }
        try {
            return network.with(parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "weights: %s: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }

    private static void fill(double[][] matrix, NpyArray from) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                matrix[i][j] = from.value(i * matrix[i].length + j);
            }
        }
    }

    private static void loadFeedback(
            Path file, Map<String, NpyArray> arrays, Network network, Projection e, double[][] b) {
        String name = "F" + e.name();
        if (!e.hasOwnFeedback()) {
            if (arrays.containsKey(name)) {
                throw new IllegalArgumentException(
                        "weights: %s has feedback weights %s, and projection %s has none of its own"
                                .formatted(file.getFileName(), name, e.name()));
            }
            return;
        }
        if (arrays.containsKey(name)) {
            fill(b, require(file, arrays, name, b.length, b[0].length));
            return;
        }
        double[][] drawn = network.parameters().feedback(e.index());
        for (int i = 0; i < b.length; i++) {
            System.arraycopy(drawn[i], 0, b[i], 0, b[i].length);
        }
    }

    /** Weights of a sparse projection come with the presynaptic neurons that they belong to. */
    private static void requireSynapses(
            Path file, Map<String, NpyArray> arrays, Network network, Projection e) {
        Connectivity c = e.connectivity();
        int neurons = network.population(e.post()).size();
        if (c.shares() || c.unscaled().isMatrix()) {
            return;
        }
        int length = c.rowLength(network.population(e.pre()).size());
        NpyArray sources = require(file, arrays, "j" + e.name(), neurons, length);
        for (int i = 0; i < neurons; i++) {
            int[] own = c.onto(i, network.population(e.pre()).size()).presynaptic();
            for (int k = 0; k < own.length; k++) {
                if (sources.value(i * length + k) != own[k]) {
                    throw new IllegalArgumentException(
                            ("weights: j%s states that synapse %d of neuron %d comes from neuron"
                                            + " %.0f, in the network it comes from %d")
                                    .formatted(
                                            e.name(), k, i, sources.value(i * length + k), own[k]));
                }
            }
        }
    }

    private static NpyArray require(
            Path file, Map<String, NpyArray> arrays, String name, int... shape) {
        NpyArray found = arrays.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "weights: %s has no array %s; it holds %s"
                            .formatted(file.getFileName(), name, NpzListing.of(file).text()));
        }
        if (!Arrays.equals(found.shape(), shape)) {
            throw new IllegalArgumentException(
                    "weights: %s has shape %s, the network needs %s%s"
                            .formatted(
                                    name,
                                    NpzListing.text(found.shape()),
                                    NpzListing.text(shape),
                                    isTurned(found.shape(), shape)
                                            ? "; weights have a row for each neuron that they lead"
                                                    + " to: store %s.T".formatted(name)
                                            : ""));
        }
        return found;
    }

    private static boolean isTurned(int[] found, int[] shape) {
        return found.length == 2
                && shape.length == 2
                && found[0] == shape[1]
                && found[1] == shape[0];
    }
}
