package org.relaxon.experiments.reproduction.published;

import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/**
 * A residual network with its weights, a batch, and the backprop gradient of half the squared
 * distance, summed over the batch. Layers are numbered from 1 to L. A state is flat, (neurons,
 * columns).
 */
public final class ResidualProblem {
    private final Activation f;
    private final int depth;
    private final double[][][] weights; // by layer
    private final double[] scale;
    private final Matrix input;
    private final Matrix target;
    private final double[][][] backprop; // dL/dW by layer
    private final int[] projections; // index of the weights of a layer
    private double[] reference; // null until it is needed
    private double referenceStep;

    /**
     * Reads the weights and computes the gradient.
     *
     * @param shape layers of the network
     * @param network built from {@link ResidualNetwork#plan}
     * @param input shape (D, B)
     * @param target shape (outputs, B)
     */
    public ResidualProblem(ResidualNetwork shape, Network network, Matrix input, Matrix target) {
        f = shape.activation();
        depth = shape.depth();
        this.input = input;
        this.target = target;
        weights = new double[depth + 1][][];
        scale = new double[depth + 1];
        backprop = new double[depth + 1][][];
        projections = new int[depth + 1];
        Parameters gradient =
                Backprop.of(network).gradient(network.parameters(), input, target).gradient();
        for (Projection e : network.projections()) {
            for (int l = 1; l <= depth; l++) {
                if (e.name().equals(ResidualNetwork.weights(l))) {
                    projections[l] = e.index();
                    weights[l] = network.parameters().weights(e.index());
                    scale[l] = e.connectivity().scale();
                    backprop[l] = gradient.weights(e.index());
                }
            }
        }
    }

    /**
     * {@return how a gradient of the network compares with backprop}
     *
     * @param gradient in the shapes of the network's parameters
     */
    public Alignment alignment(Parameters gradient) {
        double[][][] found = new double[depth][][];
        double[][][] exact = new double[depth][][];
        for (int l = 1; l <= depth; l++) {
            found[l - 1] = gradient.weights(projections[l]);
            exact[l - 1] = backprop[l];
        }
        return Alignment.of(found, exact);
    }

    int depth() {
        return depth;
    }

    int columns() {
        return input.columns();
    }

    double[] input() {
        return input.values();
    }

    double[] target() {
        return target.values();
    }

    double[][] backprop(int layer) {
        return backprop[layer];
    }

    double scale(int layer) {
        return scale[layer];
    }

    /** Norms of the multipliers of {@link EventProgram#reference}, computed once. */
    synchronized double[] reference(double eta) {
        if (reference == null || referenceStep != eta) {
            reference = EventProgram.reference(this, eta);
            referenceStep = eta;
        }
        return reference;
    }

    private boolean skips(int layer) {
        return layer > 1 && layer < depth;
    }

    /** a_{layer-1}: f of the state below, or the input itself. */
    double[] presynaptic(int layer, double[] below) {
        double[] a = below.clone();
        for (int k = 0; layer > 1 && k < a.length; k++) {
            a[k] = f.value(below[k], Elementary.STRICT);
        }
        return a;
    }

    /** p_layer = s W f(z) + c z for the state z below. */
    double[] prediction(int layer, double[] below) {
        double[][] w = weights[layer];
        double[] a = presynaptic(layer, below);
        int columns = columns();
        double[] p = skips(layer) ? below.clone() : new double[w.length * columns];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[i].length; j++) {
                double strength = scale[layer] * w[i][j];
                for (int c = 0; c < columns; c++) {
                    p[i * columns + c] += strength * a[j * columns + c];
                }
            }
        }
        return p;
    }

    /** B_layer(q) = s f'(z) o W^T q + c q for the state z below, a hidden layer. */
    double[] pullback(int layer, double[] q, double[] below) {
        double[][] w = weights[layer];
        int columns = columns();
        double[] out = new double[below.length];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[i].length; j++) {
                double strength = scale[layer] * w[i][j];
                for (int c = 0; c < columns; c++) {
                    out[j * columns + c] += strength * q[i * columns + c];
                }
            }
        }
        for (int k = 0; k < out.length; k++) {
            double value = f.value(below[k], Elementary.STRICT);
            out[k] *= f.slope(below[k], value, Elementary.STRICT);
            out[k] += skips(layer) ? q[k] : 0.0;
        }
        return out;
    }
}
