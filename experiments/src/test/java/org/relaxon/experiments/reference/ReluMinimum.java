package org.relaxon.experiments.reference;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * The minimum of predictive coding's energy at a finite nudge of a layered ReLU network with linear
 * output and squared loss, one example at a time, by an active set of its own: on given sides of
 * all kinks the energy is quadratic, sum |x_l - D_l (W_l x_(l-1) + b_l)|^2 / 2 + beta |x_L - T|^2 /
 * 2, and a unit whose minimum is across its kink either changes sides or, where the energy bends
 * upwards, is held there by a multiplier. It reads nothing of any cell.
 */
final class ReluMinimum {
    private final Parameters theta;
    private final int[] sizes;
    private final double beta;
    private final double[] input;
    private final double[] target;
    private final int[] offset; // of layer l = 1..L in the unknowns
    private final int unknowns;
    private final boolean[][] on; // by layer and unit
    private final List<int[]> held = new ArrayList<>(); // layer, unit
    private double[] x;
    private double[] multipliers;

    ReluMinimum(Network network, double beta, double[] input, double[] target) {
        theta = network.parameters();
        int depth = network.projections().size();
        sizes = network.populations().stream().mapToInt(p -> p.size()).toArray();
        this.beta = beta;
        this.input = input;
        this.target = target;
        offset = new int[depth + 1];
        on = new boolean[depth + 1][];
        int next = 0;
        double[] free = input;
        for (int l = 1; l <= depth; l++) {
            offset[l] = next;
            next += sizes[l];
            double[] a = drive(l, free);
            on[l] = new boolean[sizes[l]];
            free = new double[sizes[l]];
            for (int i = 0; i < a.length; i++) {
                on[l][i] = l == depth || a[i] > 0;
                free[i] = on[l][i] ? a[i] : 0;
            }
        }
        unknowns = next;
    }

    /** On the sides of the feedforward pass, whatever the drives say. */
    ReluMinimum onTheRegionOfTheFreeState() {
        solve();
        return this;
    }

    /** Changes sides and holds units until all is consistent. */
    ReluMinimum anywhere() {
        for (int k = 0; k < 200; k++) {
            solve();
            if (!change()) {
                return this;
            }
        }
        throw new IllegalStateException("no minimum found");
    }

    int held() {
        return held.size();
    }

    /**
     * -(1 / beta) s e x^T of every projection, then -(1 / beta) s e of every bias, laid end to end.
     */
    double[] gradient() {
        List<Double> out = new ArrayList<>();
        List<Double> biases = new ArrayList<>();
        for (int l = 1; l < sizes.length; l++) {
            double[] pre = activity(l - 1);
            for (int i = 0; i < sizes[l]; i++) {
                double v = on[l][i] ? x[offset[l] + i] - drive(l, pre)[i] : 0.0;
                for (int h = 0; h < held.size(); h++) {
                    v = held.get(h)[0] == l && held.get(h)[1] == i ? -multipliers[h] : v;
                }
                for (double p : pre) {
                    out.add(-v * p / beta);
                }
                biases.add(-v / beta);
            }
        }
        out.addAll(biases);
        return out.stream().mapToDouble(d -> d).toArray();
    }

    /** Activities of a layer. */
    double[] activity(int layer) {
        return layer == 0
                ? input
                : java.util.Arrays.copyOfRange(x, offset[layer], offset[layer] + sizes[layer]);
    }

    private double[] drive(int layer, double[] pre) {
        double[] a = theta.biases(layer).clone();
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < pre.length; j++) {
                a[i] += theta.weights(layer - 1)[i][j] * pre[j];
            }
        }
        return a;
    }

    /** The unit's drive as a row over the unknowns; returns the constant. */
    private double driveRow(int l, int i, double[] row) {
        double constant = theta.biases(l)[i];
        for (int j = 0; j < sizes[l - 1]; j++) {
            double w = theta.weights(l - 1)[i][j];
            if (l == 1) {
                constant += w * input[j];
            } else {
                row[offset[l - 1] + j] = w;
            }
        }
        return constant;
    }

    private void solve() {
        int n = unknowns + held.size();
        DMatrixRMaj kkt = new DMatrixRMaj(n, n);
        DMatrixRMaj right = new DMatrixRMaj(n, 1);
        for (int l = 1; l < sizes.length; l++) {
            for (int i = 0; i < sizes[l]; i++) {
                double[] row = new double[unknowns]; // residual = row x - constant
                double constant = 0.0;
                if (on[l][i]) {
                    constant = driveRow(l, i, row);
                    for (int k = 0; k < unknowns; k++) {
                        row[k] = -row[k];
                    }
                }
                row[offset[l] + i] += 1.0;
                addSquare(kkt, right, row, constant, 1.0);
                if (l == sizes.length - 1) {
                    double[] own = new double[unknowns];
                    own[offset[l] + i] = 1.0;
                    addSquare(kkt, right, own, target[i], beta);
                }
            }
        }
        for (int h = 0; h < held.size(); h++) {
            double[] row = new double[unknowns];
            double constant = driveRow(held.get(h)[0], held.get(h)[1], row);
            for (int k = 0; k < unknowns; k++) {
                kkt.set(k, unknowns + h, row[k]);
                kkt.set(unknowns + h, k, row[k]);
            }
            right.set(unknowns + h, 0, -constant);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(n);
        if (!solver.setA(kkt)) {
            throw new IllegalStateException("singular");
        }
        DMatrixRMaj solution = new DMatrixRMaj(n, 1);
        solver.solve(right, solution);
        x = java.util.Arrays.copyOf(solution.data, unknowns);
        multipliers = java.util.Arrays.copyOfRange(solution.data, unknowns, n);
    }

    private static void addSquare(
            DMatrixRMaj h, DMatrixRMaj right, double[] row, double constant, double factor) {
        for (int r = 0; r < row.length; r++) {
            for (int c = 0; row[r] != 0.0 && c < row.length; c++) {
                h.add(r, c, factor * row[r] * row[c]);
            }
            right.add(r, 0, factor * row[r] * constant);
        }
    }

    /** Repairs one inconsistency; false if there is none. */
    private boolean change() {
        for (int h = 0; h < held.size(); h++) {
            int l = held.get(h)[0];
            int i = held.get(h)[1];
            double s = -multipliers[h] / x[offset[l] + i];
            if (!(s >= 0.0 && s <= 1.0)) {
                on[l][i] = s > 1.0;
                held.remove(h);
                return true;
            }
        }
        int[] worst = null;
        double most = 1e-13;
        for (int l = 1; l < sizes.length - 1; l++) {
            double[] a = drive(l, activity(l - 1));
            for (int i = 0; i < sizes[l]; i++) {
                boolean across = on[l][i] != a[i] > 0 && !isHeld(l, i);
                if (across && Math.abs(a[i]) > most) {
                    most = Math.abs(a[i]);
                    worst = new int[] {l, i};
                }
            }
        }
        if (worst == null) {
            return false;
        }
        double error = x[offset[worst[0]] + worst[1]];
        if (error < 0.0 && worst[0] > 1) {
            on[worst[0]][worst[1]] = false;
            held.add(worst);
        } else {
            on[worst[0]][worst[1]] ^= true;
        }
        return true;
    }

    private boolean isHeld(int l, int i) {
        return held.stream().anyMatch(u -> u[0] == l && u[1] == i);
    }
}
