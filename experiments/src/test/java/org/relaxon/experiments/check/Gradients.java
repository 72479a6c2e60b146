package org.relaxon.experiments.check;

import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** Arithmetic on whole gradients, for tests. */
public final class Gradients {
    private Gradients() {}

    public static void add(Network network, Parameters from, Parameters into) {
        for (Projection e : network.projections()) {
            for (int i = 0; i < into.weights(e.index()).length; i++) {
                add(from.weights(e.index())[i], into.weights(e.index())[i]);
            }
        }
        for (Population p : network.populations()) {
            add(from.biases(p.index()), into.biases(p.index()));
        }
    }

    public static double relativeDifference(Network network, Parameters a, Parameters b) {
        return GradientComparison.relativeDifference(network, a, b);
    }

    /** Multiplies the weights of some projections; biases stay. */
    public static Parameters scaled(Parameters p, double factor, int... projections) {
        for (int e : projections) {
            for (double[] row : p.weights(e)) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= factor;
                }
            }
        }
        return p;
    }

    /** Transposes the weights of a square projection. */
    public static Parameters transposed(Parameters p, int projection) {
        double[][] old = p.copy().weights(projection);
        for (int i = 0; i < old.length; i++) {
            for (int j = 0; j < old.length; j++) {
                p.weights(projection)[i][j] = old[j][i];
            }
        }
        return p;
    }

    private static void add(double[] from, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] += from[k];
        }
    }
}
