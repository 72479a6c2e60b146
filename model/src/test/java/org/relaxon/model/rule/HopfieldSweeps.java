package org.relaxon.model.rule;

import java.util.Arrays;

/**
 * The equilibrium of a layered Hopfield energy for one example by sequential sweeps, one neuron
 * after the other from the output down, written from s = f(a + gamma W^T s).
 */
final class HopfieldSweeps {
    private static final int SWEEPS = 400;

    private HopfieldSweeps() {}

    /** The output nudged by the squared loss; s_L solves s = f(a - beta (s - T)) by bisection. */
    static double[][] nudged(Chain net, int column, double beta, double gamma) {
        double[] t = net.t(column);
        return sweep(net, column, gamma, (i, a) -> output(net, a, beta, t[i]));
    }

    /** The output held. */
    static double[][] held(Chain net, int column, double gamma, double[] output) {
        return sweep(net, column, gamma, (i, a) -> output[i]);
    }

    private interface Output {
        double of(int neuron, double drive);
    }

    private static double[][] sweep(Chain net, int column, double gamma, Output output) {
        double[][] s = new double[net.depth + 1][];
        for (int l = 1; l <= net.depth; l++) {
            s[l] = new double[net.network.population(l).size()];
        }
        s[0] = net.x(column);
        for (int k = 0; k < SWEEPS; k++) {
            for (int l = net.depth; l >= 1; l--) {
                for (int i = 0; i < s[l].length; i++) {
                    double a = net.drive(l, s[l - 1])[i];
                    s[l][i] =
                            l == net.depth
                                    ? output.of(i, a)
                                    : net.f(l, a + gamma * net.back(l + 1, s[l + 1])[i]);
                }
            }
        }
        return s;
    }

    /** s - f(a - beta (s - T)) rises with s, so its zero can be bisected. */
    private static double output(Chain net, double a, double beta, double t) {
        double low = -1e3;
        double high = 1e3;
        for (int k = 0; k < 200; k++) {
            double s = 0.5 * (low + high);
            boolean above = s - net.f(net.depth, a - beta * (s - t)) > 0.0;
            low = above ? low : s;
            high = above ? s : high;
        }
        return 0.5 * (low + high);
    }

    /** Differences by layer; null for the input. */
    static double[][] minus(double[][] a, double[][] b) {
        double[][] out = new double[a.length][];
        Arrays.setAll(out, l -> l == 0 ? null : Chain.minus(a[l], b[l]));
        return out;
    }
}
