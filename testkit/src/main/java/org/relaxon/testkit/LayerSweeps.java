package org.relaxon.testkit;

import java.util.Arrays;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Equilibrium;

/**
 * The equilibrium of a chain of layers, found by whole sweeps up and down one column at a time:
 * written from the equations, without cells, signals, versions or thresholds. Hidden layers are
 * tanh or linear, the output is linear.
 */
final class LayerSweeps {
    private static final int SWEEPS_MAX = 20_000;

    private final Network network;
    private final boolean fenchelYoung;
    private final int depth;
    private final int columns;
    private final double[][][] drive; // layer, column, neuron
    private final double[][][] error;
    private final double[][][] activity;

    private LayerSweeps(Network network, boolean fenchelYoung, int columns) {
        this.network = network;
        this.fenchelYoung = fenchelYoung;
        this.columns = columns;
        depth = network.populations().size() - 1;
        drive = new double[depth + 1][columns][];
        error = new double[depth + 1][columns][];
        activity = new double[depth + 1][columns][];
    }

    /** Solves predictive coding, or its Fenchel-Young member. */
    static LayerSweeps solve(Network network, boolean fenchelYoung, Phase phase) {
        LayerSweeps out = new LayerSweeps(network, fenchelYoung, phase.columns());
        for (int c = 0; c < phase.columns(); c++) {
            out.solveColumn(phase, c);
        }
        return out;
    }

    private void solveColumn(Phase phase, int c) {
        for (int l = 0; l <= depth; l++) {
            int n = network.population(l).size();
            drive[l][c] = new double[n];
            error[l][c] = new double[n];
            activity[l][c] = new double[n];
        }
        for (int i = 0; i < activity[0][c].length; i++) {
            activity[0][c][i] = phase.input().get(i, c);
        }
        double[] before = {};
        for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
            up(phase, c);
            nudge(phase, c);
            down(phase, c);
            double[] now = flat(error, c);
            if (atRest(now, before)) {
                return;
            }
            before = now;
        }
        throw new AssertionError("the reference did not converge; choose a smaller beta");
    }

    /** No error moved by more than a few units in the last place of the largest. */
    private static boolean atRest(double[] now, double[] before) {
        if (before.length == 0) {
            return false;
        }
        double moved = 0.0;
        double size = 0.0;
        for (int k = 0; k < now.length; k++) {
            moved = Math.max(moved, Math.abs(now[k] - before[k]));
            size = Math.max(size, Math.abs(now[k]));
        }
        return moved <= 4 * Math.ulp(size);
    }

    private void up(Phase phase, int c) {
        for (int l = 1; l <= depth; l++) {
            double[][] w = network.parameters().weights(l - 1);
            double[] b = network.parameters().biases(l);
            for (int i = 0; i < w.length; i++) {
                double a = b[i];
                for (int j = 0; j < w[i].length; j++) {
                    a += w[i][j] * activity[l - 1][c][j];
                }
                drive[l][c][i] = a;
                if (holds(phase, l, i)) {
                    error[l][c][i] = held(phase, l, i)[c] - f(l, a);
                }
                activity[l][c][i] = f(l, a) + error[l][c][i];
            }
        }
    }

    private void nudge(Phase phase, int c) {
        double beta = phase.beta(c);
        double[] a = drive[depth][c];
        double[] e = error[depth][c];
        if (beta == 0.0) {
            for (int i = 0; i < e.length; i++) {
                e[i] = holds(phase, depth, i) ? e[i] : 0.0;
            }
        } else if (network.loss() == StandardLoss.SQUARED) {
            for (int i = 0; i < e.length; i++) {
                e[i] = beta / (1.0 + beta) * (phase.target().get(i, c) - a[i]);
            }
        } else {
            double sum = 0.0;
            for (int i = 0; i < e.length; i++) {
                sum += StrictMath.exp(a[i] + e[i]);
            }
            double[] p = new double[e.length];
            for (int i = 0; i < e.length; i++) {
                p[i] = StrictMath.exp(a[i] + e[i]) / sum;
            }
            for (int i = 0; i < e.length; i++) {
                e[i] = beta * (phase.target().get(i, c) - p[i]);
            }
        }
    }

    private void down(Phase phase, int c) {
        for (int l = depth - 1; l >= 1; l--) {
            double[][] w = network.parameters().weights(l);
            double[] v = backward(l + 1, c);
            for (int j = 0; j < error[l][c].length; j++) {
                if (holds(phase, l, j)) {
                    continue; // its error follows from its value
                }
                double u = 0.0;
                for (int i = 0; i < v.length; i++) {
                    u += w[i][j] * v[i];
                }
                error[l][c][j] = fenchelYoung ? increment(l, drive[l][c][j], u) : u;
            }
        }
    }

    private double[] held(Phase phase, int l, int neuron) {
        return phase.held(network.population(l).name(), neuron, neuron + 1);
    }

    private boolean holds(Phase phase, int l, int neuron) {
        double[] values = held(phase, l, neuron);
        return values != null && !Double.isNaN(values[0]);
    }

    private double[] backward(int l, int c) {
        double[] v = error[l][c].clone();
        for (int i = 0; !fenchelYoung && i < v.length; i++) {
            v[i] *= slope(l, drive[l][c][i]);
        }
        return v;
    }

    private boolean linear(int l) {
        return network.population(l).activation() == StandardActivation.LINEAR;
    }

    private double f(int l, double a) {
        return linear(l) ? a : StrictMath.tanh(a);
    }

    private double slope(int l, double a) {
        double cosh = StrictMath.cosh(a);
        return linear(l) ? 1.0 : 1.0 / (cosh * cosh);
    }

    /** tanh(a + u) - tanh a = sinh u / (cosh(a + u) cosh a). */
    private double increment(int l, double a, double u) {
        return linear(l) ? u : StrictMath.sinh(u) / (StrictMath.cosh(a + u) * StrictMath.cosh(a));
    }

    /** The local updates as a gradient: the sum over columns of -share / strength v x^T. */
    Parameters gradient(Phase phase, double[] shares) {
        Parameters out = network.zeros();
        for (int l = 1; l <= depth; l++) {
            for (int c = 0; c < columns; c++) {
                double scale = -shares[c] / phase.strength(c);
                double[] v = backward(l, c);
                for (int i = 0; i < v.length; i++) {
                    out.biases(l)[i] += scale * v[i];
                    for (int j = 0; j < activity[l - 1][c].length; j++) {
                        out.weights(l - 1)[i][j] += scale * v[i] * activity[l - 1][c][j];
                    }
                }
            }
        }
        return out;
    }

    /** Largest relative difference of activities and errors, per layer in the Frobenius norm. */
    double distance(Equilibrium found) {
        double worst = 0.0;
        for (int l = 1; l <= depth; l++) {
            worst =
                    Math.max(
                            worst, Compare.relative(found.activity(l).values(), rows(activity[l])));
            worst = Math.max(worst, Compare.relative(found.error(l).values(), rows(error[l])));
        }
        return worst;
    }

    /** Activity of one layer, flat (n, columns). */
    double[] activity(int l) {
        return rows(activity[l]);
    }

    /** Error of one layer, flat (n, columns). */
    double[] error(int l) {
        return rows(error[l]);
    }

    private double[] rows(double[][] byColumn) {
        int n = byColumn[0].length;
        double[] out = new double[n * columns];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < columns; c++) {
                out[i * columns + c] = byColumn[c][i];
            }
        }
        return out;
    }

    private static double[] flat(double[][][] layers, int c) {
        return Arrays.stream(layers).flatMapToDouble(l -> Arrays.stream(l[c])).toArray();
    }
}
