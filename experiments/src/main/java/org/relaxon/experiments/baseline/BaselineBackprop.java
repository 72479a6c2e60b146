package org.relaxon.experiments.baseline;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

/**
 * Stochastic gradient descent by backprop on the same kernels as cells, for a layered network: the
 * cost of a learning step without cells, messages and settling. It does not judge gradients; {@code
 * reference.Backprop} does.
 *
 * <p>Owns its weights and scratch memory, and belongs to one thread at a time. After the first step
 * with a given number of columns, a step allocates nothing of the size of a layer.
 */
public final class BaselineBackprop implements Baseline {
    private final Network network;
    private final Parameters theta;
    private final Kernels kernels;
    private final int depth;
    private int columns = -1;
    private double[][] drive; // a of layer l, flat (n_l, B)
    private double[][] activity;
    private double[][] slope;
    private double[][] delta; // dLoss/da of layer l

    /**
     * Copies the network's initial weights.
     *
     * @param network a chain of all-to-all layers; its parameters are copied
     * @param kind which kernels multiply
     * @throws IllegalArgumentException if the network is not a chain of layers
     */
    public BaselineBackprop(Network network, Kernels.Kind kind) {
        depth = network.projections().size();
        if (!isChain(network)) {
            throw new IllegalArgumentException(
                    "baseline: the graph %s is not a chain of all-to-all layers"
                            .formatted(network));
        }
        this.network = network;
        this.theta = network.parameters().copy();
        this.kernels = new Kernels(kind);
    }

    /**
     * {@return whether a network is a chain of all-to-all layers with weights of their own, which
     * is what this class can do}
     *
     * @param network the network
     */
    public static boolean isChain(Network network) {
        boolean chain = network.populations().size() == network.projections().size() + 1;
        for (Projection one : network.projections()) {
            boolean matrix = one.connectivity().isMatrix() && !one.isTied();
            chain &= one.pre() == one.index() && one.post() == one.index() + 1 && matrix;
        }
        return chain;
    }

    @Override
    public Parameters parameters() {
        return theta;
    }

    /**
     * One step: every weight and bias changes by -rate times the gradient of the loss summed over
     * the batch.
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param rate learning rate, finite
     * @throws IllegalArgumentException if a shape does not fit or the rate is not finite
     */
    public void step(Matrix input, Matrix target, double rate) {
        if (!Double.isFinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number, got " + rate);
        }
        deltas(input, target);
        for (int l = 1; l <= depth; l++) {
            add(l, -rate, theta);
        }
    }

    @Override
    public void gradient(Matrix input, Matrix target, double share, Parameters into) {
        deltas(input, target);
        for (int l = 1; l <= depth; l++) {
            for (double[] row : into.weights(l - 1)) {
                java.util.Arrays.fill(row, 0.0);
            }
            java.util.Arrays.fill(into.biases(l), 0.0);
            add(l, share, into);
        }
    }

    private void deltas(Matrix input, Matrix target) {
        requireShape("target", target, network.outputSize(), input.columns());
        forward(input);
        outputDelta(target);
        for (int l = depth; l > 1; l--) {
            double[][] w = theta.weights(l - 1);
            kernels.feedback(w, activityRows(l - 1), delta[l], columns, delta[l - 1]);
            timesSlope(l - 1);
        }
    }

    @Override
    public Matrix output(Matrix input) {
        forward(input);
        return Matrix.of(activityRows(depth), columns, activity[depth].clone());
    }

    private void forward(Matrix input) {
        requireShape("input", input, network.inputSize(), input.columns());
        reserve(input.columns());
        activity[0] = input.values();
        for (int l = 1; l <= depth; l++) {
            double[] a = drive[l];
            double[] b = theta.biases(l);
            for (int i = 0; i < b.length; i++) {
                java.util.Arrays.fill(a, i * columns, (i + 1) * columns, b[i]);
            }
            kernels.drive(theta.weights(l - 1), activityRows(l - 1), activity[l - 1], columns, a);
            Activation f = network.population(l).activation();
            f.evaluate(a, activity[l], slope[l], kernels.elementary());
        }
    }

    private void reserve(int width) {
        if (width == columns) {
            return;
        }
        columns = width;
        drive = new double[depth + 1][];
        activity = new double[depth + 1][];
        slope = new double[depth + 1][];
        delta = new double[depth + 1][];
        for (int l = 1; l <= depth; l++) {
            int length = Math.multiplyExact(activityRows(l), width);
            drive[l] = new double[length];
            activity[l] = new double[length];
            slope[l] = new double[length];
            delta[l] = new double[length];
        }
    }

    private void outputDelta(Matrix target) {
        double[] t = target.values();
        double[] x = activity[depth];
        double[] d = delta[depth];
        if (network.loss() == StandardLoss.CROSS_ENTROPY) {
            for (int c = 0; c < columns; c++) {
                softmax(x, c, d);
            }
        } else if (network.loss() == StandardLoss.SQUARED) {
            System.arraycopy(x, 0, d, 0, x.length);
        } else {
            stated(x, t, d);
            timesSlope(depth);
            return;
        }
        for (int k = 0; k < d.length; k++) {
            d[k] -= t[k];
        }
        timesSlope(depth);
    }

    /** dL/dx as stated by a user's loss. */
    private void stated(double[] x, double[] target, double[] into) {
        int n = network.outputSize();
        for (int c = 0; c < columns; c++) {
            network.loss().pull(x, target, n, columns, c, kernels.elementary(), into);
        }
        for (int k = 0; k < into.length; k++) {
            into[k] = -into[k];
        }
    }

    private void softmax(double[] x, int column, double[] into) {
        double top = Double.NEGATIVE_INFINITY;
        for (int k = column; k < x.length; k += columns) {
            top = Math.max(top, x[k]);
        }
        double sum = 0.0;
        for (int k = column; k < x.length; k += columns) {
            into[k] = kernels.elementary().exp(x[k] - top);
            sum += into[k];
        }
        for (int k = column; k < x.length; k += columns) {
            into[k] /= sum;
        }
    }

    private void timesSlope(int l) {
        for (int k = 0; k < delta[l].length; k++) {
            delta[l][k] *= slope[l][k];
        }
    }

    private void add(int l, double factor, Parameters into) {
        double[] d = delta[l];
        double[] b = into.biases(l);
        for (int i = 0, k = 0; i < b.length; i++) {
            for (int c = 0; c < columns; c++, k++) {
                d[k] *= factor;
                b[i] += d[k];
            }
        }
        kernels.outer(d, activity[l - 1], activityRows(l - 1), columns, into.weights(l - 1));
    }

    private int activityRows(int l) {
        return network.population(l).size();
    }

    private static void requireShape(String name, Matrix m, int rows, int width) {
        if (m.rows() != rows || m.columns() != width) {
            throw new IllegalArgumentException(
                    "%s has shape (%d, %d), the network needs (%d, %d)"
                            .formatted(name, m.rows(), m.columns(), rows, width));
        }
    }
}
