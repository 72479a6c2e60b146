package org.relaxon.experiments.random;

import java.util.Arrays;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** What can be said of a gradient alone. */
final class GradientFigures {
    private GradientFigures() {}

    static boolean finite(Parameters gradient, Network network) {
        boolean finite = true;
        for (int p = 0; p < network.projections().size(); p++) {
            for (double[] row : gradient.weights(p)) {
                finite &= Arrays.stream(row).allMatch(Double::isFinite);
            }
            finite &= Arrays.stream(gradient.biases(p + 1)).allMatch(Double::isFinite);
        }
        return finite;
    }

    /** The largest magnitude among the weights of a projection and the biases beside them. */
    static double largest(Parameters gradient, int projection) {
        double most = 0;
        for (double[] row : gradient.weights(projection)) {
            most = Math.max(most, Arrays.stream(row).map(Math::abs).max().orElse(0.0));
        }
        double biases =
                Arrays.stream(gradient.biases(projection + 1)).map(Math::abs).max().orElse(0.0);
        return Math.max(most, biases);
    }
}
