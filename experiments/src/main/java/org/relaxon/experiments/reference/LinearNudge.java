package org.relaxon.experiments.reference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Predictive coding in a linear network with squared loss, in closed form (the matrix is that of
 * Innocenti et al. 2024): with o the feedforward output, J_p = dx_L/dx_p (J_L = 1, in a chain J_l =
 * W_L ... W_{l+1}) and S the sum of J_p J_p^T over all populations but the input,
 *
 * <ul>
 *   <li>nudged: e_L = beta (1 + beta S)^-1 (T - o);
 *   <li>output held at T: e_L = S^-1 (T - o);
 *   <li>e_p = J_p^T e_L, x_p = a_p + e_p, and the estimate is -(1/beta) e x_pre^T, with beta = 1
 *       where the output is held.
 * </ul>
 *
 * There is no iteration and no cancellation at small beta.
 */
public final class LinearNudge {
    private final Network network;

    private LinearNudge(Network network) {
        this.network = network;
    }

    /**
     * {@return the reference for networks with this graph}
     *
     * @param network linear, with the squared loss; its parameters are not read
     * @throws IllegalArgumentException naming an activation that is not linear or a loss that is
     *     not squared
     */
    public static LinearNudge of(Network network) {
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT && p.activation() != StandardActivation.LINEAR) {
                throw new IllegalArgumentException(
                        "linear closed form: population %s has activation %s"
                                .formatted(p.name(), p.activation().optionName()));
            }
        }
        if (network.loss() != StandardLoss.SQUARED) {
            throw new IllegalArgumentException(
                    "linear closed form: needs the squared loss, got "
                            + network.loss().optionName());
        }
        return new LinearNudge(network);
    }

    /**
     * {@return the estimate of a nudged output, summed over the batch}
     *
     * @param theta weights and biases in the shapes of the network
     * @param beta nudging strength, finite and not 0; 1 + beta S must be positive definite
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the part that does not fit
     */
    public Parameters nudged(Parameters theta, double beta, Matrix input, Matrix target) {
        if (!(Math.abs(beta) > 0.0 && Math.abs(beta) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta: need a finite number, not 0, got " + beta);
        }
        DMatrixRMaj[] jacobians = jacobians(theta);
        DMatrixRMaj system = response(jacobians);
        CommonOps_DDRM.scale(beta, system);
        for (int i = 0; i < system.numRows; i++) {
            system.add(i, i, 1.0);
        }
        return estimate(theta, jacobians, system, beta, beta, input, target);
    }

    /**
     * {@return the estimate with the output held at the target, summed over the batch}
     *
     * @param theta weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException naming the part that does not fit
     */
    public Parameters clamped(Parameters theta, Matrix input, Matrix target) {
        DMatrixRMaj[] jacobians = jacobians(theta);
        return estimate(theta, jacobians, response(jacobians), 1.0, 1.0, input, target);
    }

    /** Solves system e_L = factor (T - o) for every example and sums -(1/scale) e x_pre^T. */
    private Parameters estimate(
            Parameters theta,
            DMatrixRMaj[] jacobians,
            DMatrixRMaj system,
            double factor,
            double scale,
            Matrix input,
            Matrix target) {
        Backprop.requireBatch(network, input, target);
        Ends ends = new Ends(network);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(system.numRows);
        if (!solver.setA(system.copy())) {
            throw new IllegalArgumentException("beta: 1 + beta S is not positive definite");
        }
        Parameters sum = network.zeros();
        for (int c = 0; c < input.columns(); c++) {
            double[] x0 = input.columnValues(c);
            double[] free = ends.outputs(activities(theta, x0, null));
            DMatrixRMaj right = new DMatrixRMaj(free.length, 1);
            for (int i = 0; i < free.length; i++) {
                right.data[i] = factor * (target.get(i, c) - free[i]);
            }
            DMatrixRMaj top = new DMatrixRMaj(free.length, 1);
            solver.solve(right, top);
            double[][] e = errors(jacobians, top);
            add(activities(theta, x0, e), e, scale, sum);
        }
        return sum;
    }

    /** dx_L/dx_p, shape (n_L, n_p), along all paths; null for an input. */
    private DMatrixRMaj[] jacobians(Parameters theta) {
        int nL = network.outputSize();
        DMatrixRMaj[] j = new DMatrixRMaj[network.populations().size()];
        for (int p = j.length - 1; p >= 0; p--) {
            if (network.population(p).role() == Population.Role.INPUT) {
                continue;
            }
            Population own = network.population(p);
            j[p] = new DMatrixRMaj(nL, own.size());
            for (int i = 0; own.role() == Population.Role.OUTPUT && i < own.size(); i++) {
                j[p].set(network.firstRow(p) + i, i, 1.0);
            }
            for (Projection e : network.outOf(p)) {
                DMatrixRMaj w = new DMatrixRMaj(theta.weights(e.index()));
                CommonOps_DDRM.multAdd(j[e.post()], w, j[p]);
            }
        }
        return j;
    }

    private DMatrixRMaj response(DMatrixRMaj[] jacobians) {
        int nL = network.outputSize();
        DMatrixRMaj s = new DMatrixRMaj(nL, nL);
        for (DMatrixRMaj j : jacobians) {
            if (j != null) {
                CommonOps_DDRM.multAddTransB(j, j, s);
            }
        }
        return s;
    }

    private static double[][] errors(DMatrixRMaj[] jacobians, DMatrixRMaj top) {
        double[][] e = new double[jacobians.length][];
        for (int p = 0; p < e.length; p++) {
            if (jacobians[p] != null) {
                DMatrixRMaj own = new DMatrixRMaj(jacobians[p].numCols, 1);
                CommonOps_DDRM.multTransA(jacobians[p], top, own);
                e[p] = own.data;
            }
        }
        return e;
    }

    /** x = b + sum W x_pre + e in topological order; {@code e} null means zeros. */
    private double[][] activities(Parameters theta, double[] input, double[][] e) {
        double[][] x = new double[network.populations().size()][];
        for (Population p : network.populations()) {
            int k = p.index();
            boolean clamped = p.role() == Population.Role.INPUT;
            x[k] = clamped ? new Ends(network).part(p, input) : theta.biases(k).clone();
            for (Projection edge : network.into(k)) {
                double[][] w = theta.weights(edge.index());
                for (int i = 0; i < x[k].length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        x[k][i] += w[i][j] * x[edge.pre()][j];
                    }
                }
            }
            for (int i = 0; e != null && e[k] != null && i < x[k].length; i++) {
                x[k][i] += e[k][i];
            }
        }
        return x;
    }

    private void add(double[][] x, double[][] e, double scale, Parameters sum) {
        for (Projection edge : network.projections()) {
            double[][] w = sum.weights(edge.index());
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    w[i][j] -= e[edge.post()][i] * x[edge.pre()][j] / scale;
                }
            }
        }
        for (Population p : network.populations()) {
            double[] b = sum.biases(p.index());
            for (int i = 0; i < b.length; i++) {
                b[i] -= e[p.index()][i] / scale;
            }
        }
    }
}
