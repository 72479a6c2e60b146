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
            double[][] w = values.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    if (!Double.isFinite(w[i][j])) {
                        return "W%s[%d][%d] is %s".formatted(e.name(), i, j, w[i][j]);
                    }
                }
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
}
