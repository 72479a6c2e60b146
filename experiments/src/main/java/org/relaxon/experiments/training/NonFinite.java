package org.relaxon.experiments.training;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** Finds numbers that are not finite among weights and biases. */
final class NonFinite {
    private NonFinite() {}

    /**
     * The first in the order of the network, such as {@code W2[0][3] is NaN}; empty if there is
     * none.
     */
    static String first(Network network, Parameters values) {
        for (Projection e : network.projections()) {
            String first = first("W" + e.name(), values.weights(e.index()));
            first = first.isEmpty() ? first("F" + e.name(), values.feedback(e.index())) : first;
            if (!first.isEmpty()) {
                return first;
            }
        }
        for (Population p : network.populations()) {
            double[] b = values.biases(p.index());
            for (int i = 0; p.role() != Population.Role.INPUT && i < b.length; i++) {
                if (!Double.isFinite(b[i])) {
                    return "b%s[%d] is %s".formatted(p.name(), i, b[i]);
                }
            }
        }
        return "";
    }

    private static String first(String name, double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                if (!Double.isFinite(matrix[i][j])) {
                    return "%s[%d][%d] is %s".formatted(name, i, j, matrix[i][j]);
                }
            }
        }
        return "";
    }
}
