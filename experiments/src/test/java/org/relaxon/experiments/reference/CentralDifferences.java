package org.relaxon.experiments.reference;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** Gradients from values of the loss alone: (L(theta + h) - L(theta - h)) / 2h, one at a time. */
final class CentralDifferences {
    private final Network network;
    private final Matrix input;
    private final Matrix target;
    private final Parameters theta;

    CentralDifferences(Network network, Matrix input, Matrix target) {
        this.network = network;
        this.input = input;
        this.target = target;
        this.theta = network.parameters().copy();
    }

    Parameters gradient(double h) {
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                differ(w[i], out.weights(e.index())[i], h);
            }
        }
        for (Population p : network.populations()) {
            differ(theta.biases(p.index()), out.biases(p.index()), h);
        }
        return out;
    }

    private void differ(double[] values, double[] into, double h) {
        for (int k = 0; k < values.length; k++) {
            double kept = values[k];
            values[k] = kept + h;
            double above = loss();
            values[k] = kept - h;
            double below = loss();
            values[k] = kept;
            into[k] = (above - below) / (2 * h);
        }
    }

    private double loss() {
        return Backprop.of(network).gradient(theta, input, target).loss();
    }
}
