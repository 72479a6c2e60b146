package org.relaxon.experiments.random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * A layered network for one example, as matrices. Layers are numbered from 1; what is unknown is
 * one vector over the neurons of all layers.
 */
final class Chain {
    final int depth;
    final int[] size;
    final int[] offset;
    final int unknowns;
    final double[][][] w;
    final double[][] b;
    final Curve[] f;
    final double[] input;
    final double[] target;
    private final Loss loss;

    Chain(Network network, double[] input, double[] target) {
        Parameters theta = network.parameters();
        depth = network.projections().size();
        size = new int[depth + 1];
        offset = new int[depth + 1];
        w = new double[depth + 1][][];
        b = new double[depth + 1][];
        f = new Curve[depth + 1];
        size[0] = network.input().size();
        int next = 0;
        for (int l = 1; l <= depth; l++) {
            size[l] = network.population(l).size();
            offset[l] = next;
            next += size[l];
            w[l] = theta.weights(l - 1);
            b[l] = theta.biases(l);
            f[l] = new Curve(network.population(l).activation());
        }
        unknowns = next;
        this.input = input;
        this.target = target;
        loss = network.loss();
    }

    /** Where the unknowns of each layer end. */
    int[] ends() {
        int[] out = new int[depth];
        for (int l = 1; l <= depth; l++) {
            out[l - 1] = offset[l] + size[l];
        }
        return out;
    }

    /** W x + b onto layer l. */
    double[] drive(int l, double[] below) {
        double[] a = b[l].clone();
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < below.length; j++) {
                a[i] += w[l][i][j] * below[j];
            }
        }
        return a;
    }

    /** W^T v from layer l to the one below. */
    double[] back(int l, double[] v) {
        double[] out = new double[size[l - 1]];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j] += w[l][i][j] * v[i];
            }
        }
        return out;
    }

    double[] slopes(int l, double[] a) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = f[l].slope(a[i]);
        }
        return out;
    }

    double[] block(double[] z, int l) {
        return java.util.Arrays.copyOfRange(z, offset[l], offset[l] + size[l]);
    }

    /** -dL/dx. */
    double[] pull(double[] x) {
        double[] out = loss == StandardLoss.SQUARED ? x.clone() : softmax(x);
        for (int i = 0; i < out.length; i++) {
            out[i] = target[i] - out[i];
        }
        return out;
    }

    /** d2L/dx2. */
    DMatrixRMaj lossCurvature(double[] x) {
        DMatrixRMaj out = CommonOps_DDRM.identity(x.length);
        if (loss == StandardLoss.SQUARED) {
            return out;
        }
        double[] q = softmax(x);
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < q.length; j++) {
                out.set(i, j, (i == j ? q[i] : 0) - q[i] * q[j]);
            }
        }
        return out;
    }

    private static double[] softmax(double[] x) {
        double top = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            top = Math.max(top, value);
        }
        double[] out = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            out[i] = StrictMath.exp(x[i] - top);
            sum += out[i];
        }
        for (int i = 0; i < x.length; i++) {
            out[i] /= sum;
        }
        return out;
    }

    /** What the free network gives. */
    double[][] forward() {
        double[][] x = new double[depth + 1][];
        x[0] = input;
        for (int l = 1; l <= depth; l++) {
            double[] a = drive(l, x[l - 1]);
            x[l] = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                x[l][i] = f[l].value(a[i]);
            }
        }
        return x;
    }

    DMatrixRMaj matrix(int l) {
        return new DMatrixRMaj(w[l]);
    }

    /** Rows of a matrix multiplied by factors. */
    static DMatrixRMaj scaled(double[] rows, DMatrixRMaj m) {
        DMatrixRMaj out = m.copy();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < m.numCols; j++) {
                out.set(i, j, rows[i] * m.get(i, j));
            }
        }
        return out;
    }

    /** Adds a factor times one matrix at a place of another. */
    static void addAt(DMatrixRMaj into, int row, int column, double factor, DMatrixRMaj m) {
        for (int i = 0; i < m.numRows; i++) {
            for (int j = 0; j < m.numCols; j++) {
                into.add(row + i, column + j, factor * m.get(i, j));
            }
        }
    }
}
