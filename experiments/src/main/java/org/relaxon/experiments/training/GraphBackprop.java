package org.relaxon.experiments.training;

import org.relaxon.experiments.baseline.Baseline;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** Backprop on any graph, by the arithmetic of the reference: slower than that of a chain. */
final class GraphBackprop implements Baseline {
    private final Network network;
    private final Backprop backprop;
    private final Parameters theta;

    GraphBackprop(Network network) {
        this.network = network;
        backprop = Backprop.of(network);
        theta = network.parameters().copy();
    }

    @Override
    public Parameters parameters() {
        return theta;
    }

    @Override
    public void gradient(Matrix input, Matrix target, double share, Parameters into) {
        Parameters found = backprop.gradient(theta, input, target).gradient();
        for (int p = 0; p < network.projections().size(); p++) {
            for (int i = 0; i < into.weights(p).length; i++) {
                multiply(found.weights(p)[i], share, into.weights(p)[i]);
            }
        }
        for (int p = 0; p < network.populations().size(); p++) {
            multiply(found.biases(p), share, into.biases(p));
        }
    }

    private static void multiply(double[] from, double factor, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = factor * from[k];
        }
    }

    @Override
    public Matrix output(Matrix input) {
        return backprop.output(theta, input);
    }
}
