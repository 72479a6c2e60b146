package org.relaxon.model.rule;

import java.util.Arrays;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * A chain of layers of unequal sizes with several examples, and the plain sums over one example
 * that tests are written in: no cells, signals or columns.
 */
final class Chain {
    static final int[] SIZES = {3, 5, 4, 2};
    static final int COLUMNS = 3;

    final Network network;
    final int depth;
    final Matrix input;
    final Matrix target;

    private Chain(Network network, long seed) {
        this.network = network;
        depth = network.populations().size() - 1;
        input = normal(seed, 1, network.input().size());
        target = normal(seed, 2, network.output().size());
    }

    /** Weights of the given gain x N(0, 1/fan-in), biases .1 N(0, 1), squared loss. */
    static Chain of(long seed, double gain, Activation hidden, Activation output) {
        var init = new Initialisation(Initialisation.Scheme.NORMAL, gain, seed);
        return new Chain(Network.layered(SIZES, hidden, output, StandardLoss.SQUARED, init), seed);
    }

    /** With a linear output. */
    static Chain of(long seed, double gain, Activation hidden) {
        return of(seed, gain, hidden, StandardActivation.LINEAR);
    }

    private static Matrix normal(long seed, long stream, int rows) {
        double[] out = new double[rows * COLUMNS];
        Arrays.setAll(out, k -> CounterRandom.normal(seed, stream, k));
        return Matrix.of(rows, COLUMNS, out);
    }

    double[] x(int column) {
        return column(input, column);
    }

    double[] t(int column) {
        return column(target, column);
    }

    private static double[] column(Matrix m, int c) {
        double[] out = new double[m.rows()];
        Arrays.setAll(out, r -> m.get(r, c));
        return out;
    }

    double f(int l, double a) {
        return network.population(l).activation().value(a, Elementary.STRICT);
    }

    double slope(int l, double a) {
        return network.population(l).activation().slope(a, f(l, a), Elementary.STRICT);
    }

    double[] f(int l, double[] a) {
        double[] out = new double[a.length];
        Arrays.setAll(out, i -> f(l, a[i]));
        return out;
    }

    /** W_l below + b_l. */
    double[] drive(int l, double[] below) {
        double[] out = network.parameters().biases(l).clone();
        double[][] w = network.parameters().weights(l - 1);
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < below.length; j++) {
                out[i] += w[i][j] * below[j];
            }
        }
        return out;
    }

    /** W_l^T above. */
    double[] back(int l, double[] above) {
        double[][] w = network.parameters().weights(l - 1);
        double[] out = new double[w[0].length];
        for (int i = 0; i < above.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j] += w[i][j] * above[i];
            }
        }
        return out;
    }

    /** Activities of the forward pass of one example, by layer. */
    double[][] forward(int column) {
        double[][] s = new double[depth + 1][];
        s[0] = x(column);
        for (int l = 1; l <= depth; l++) {
            s[l] = f(l, drive(l, s[l - 1]));
        }
        return s;
    }

    /** Gradient of the squared loss, summed over all examples, by the chain rule. */
    Parameters backprop() {
        Parameters out = network.zeros();
        for (int c = 0; c < COLUMNS; c++) {
            double[][] s = forward(c);
            double[] upper = minus(s[depth], t(c));
            for (int l = depth; l >= 1; l--) {
                double[] a = drive(l, s[l - 1]);
                double[] v = upper.clone();
                for (int i = 0; i < v.length; i++) {
                    v[i] *= slope(l, a[i]);
                }
                addOuter(out, l, 1.0, v, s[l - 1]);
                upper = back(l, v);
            }
        }
        return out;
    }

    /** Adds scale v pre^T to the weights of layer l and scale v to its biases. */
    static void addOuter(Parameters into, int l, double scale, double[] v, double[] pre) {
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                into.weights(l - 1)[i][j] += scale * v[i] * pre[j];
            }
            into.biases(l)[i] += scale * v[i];
        }
    }

    static double[] minus(double[] a, double[] b) {
        double[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= b[i];
        }
        return out;
    }

    Lockstep cells(String granularity, Rule rule) {
        return new Lockstep(network, Granularity.parse(granularity), rule, 0.0);
    }

    /** Largest difference of what the cells of all layers hold in a column from plain arrays. */
    double distance(Lockstep net, int column, int columns, double[][] activity) {
        double worst = 0.0;
        for (int l = 1; l <= depth; l++) {
            double[] x = net.activity(l);
            for (int i = 0; i < activity[l].length; i++) {
                worst = Math.max(worst, Math.abs(x[i * columns + column] - activity[l][i]));
            }
        }
        return worst;
    }

    /** |a - b| / |b| over all weights and biases. */
    static double relative(Parameters a, Parameters b, int depth) {
        double off = 0.0;
        double size = 0.0;
        for (int l = 1; l <= depth; l++) {
            double[] p = flat(a, l);
            double[] q = flat(b, l);
            for (int k = 0; k < p.length; k++) {
                off += (p[k] - q[k]) * (p[k] - q[k]);
                size += q[k] * q[k];
            }
        }
        return Math.sqrt(off / size);
    }

    /** Weights onto layer l and its biases. */
    static double[] flat(Parameters p, int l) {
        double[] w = Arrays.stream(p.weights(l - 1)).flatMapToDouble(Arrays::stream).toArray();
        double[] out = Arrays.copyOf(w, w.length + p.biases(l).length);
        System.arraycopy(p.biases(l), 0, out, w.length, p.biases(l).length);
        return out;
    }
}
