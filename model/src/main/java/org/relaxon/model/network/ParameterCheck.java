package org.relaxon.model.network;

import java.util.Arrays;
import java.util.List;

/** Whether parameters are those of a network: their shapes, finite numbers, equal where tied. */
final class ParameterCheck {
    private ParameterCheck() {}

    /**
     * @throws IllegalArgumentException naming the array that does not fit or is not finite, or the
     *     two that must be equal
     */
    static void require(List<Population> nodes, List<Projection> edges, Parameters parameters) {
        if (parameters.projections() != edges.size() || parameters.populations() != nodes.size()) {
            throw new IllegalArgumentException(
                    "parameters are for %d projections and %d populations, the network has %d and %d"
                            .formatted(
                                    parameters.projections(), parameters.populations(),
                                    edges.size(), nodes.size()));
        }
        for (Projection e : edges) {
            double[][] w = parameters.weights(e.index());
            int rows = e.connectivity().rows(nodes.get(e.post()).size());
            int length = e.connectivity().rowLength(nodes.get(e.pre()).size());
            if (w.length != rows || rows > 0 && w[0].length != length) {
                throw new IllegalArgumentException(
                        "W%s has shape (%d, %d), the network needs (%d, %d)"
                                .formatted(
                                        e.name(),
                                        w.length,
                                        w.length == 0 ? 0 : w[0].length,
                                        rows,
                                        length));
            }
            for (int i = 0; i < rows; i++) {
                if (!parameters.isAbsent(e.index(), w[i])) {
                    requireFinite("W" + e.name() + "[" + i + "]", w[i], length);
                }
            }
            requireTied(e, edges.get(e.weightsOf()), parameters);
            requireFeedback(e, parameters, rows, length);
        }
        for (Population p : nodes) {
            int n = p.role() == Population.Role.INPUT ? 0 : p.size();
            requireFinite("b" + p.name(), parameters.biases(p.index()), n);
        }
    }

    private static void requireFeedback(Projection e, Parameters parameters, int rows, int length) {
        double[][] b = parameters.feedback(e.index());
        int needed = e.hasOwnFeedback() ? rows : 0;
        if (b.length != needed) {
            throw new IllegalArgumentException(
                    "F%s has %d rows of feedback weights, the network needs %d"
                            .formatted(e.name(), b.length, needed));
        }
        for (int i = 0; i < needed; i++) {
            if (parameters.isAbsent(e.index(), b[i])) {
                continue;
            }
            requireFinite("F" + e.name() + "[" + i + "]", b[i], length);
        }
    }

    private static void requireTied(Projection e, Projection owner, Parameters parameters) {
        double[][] w = parameters.weights(e.index());
        double[][] of = parameters.weights(owner.index());
        if (!Arrays.deepEquals(w, of)) {
            throw new IllegalArgumentException(
                    "W%s differs from W%s, whose weights it uses"
                            .formatted(e.name(), owner.name()));
        }
    }

    private static void requireFinite(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s has %d values, the network needs %d"
                            .formatted(name, values.length, length));
        }
        for (int j = 0; j < length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "%s[%d] is %s; weights and biases must be finite"
                                .formatted(name, j, values[j]));
            }
        }
    }
}
