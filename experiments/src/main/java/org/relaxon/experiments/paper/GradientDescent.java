package org.relaxon.experiments.paper;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * Inference of predictive coding by gradient descent with e = x - mu, as the code of Millidge et
 * al. (arXiv 2206.02629) runs it, one example at a time. Layers l = 1 to L, ReLU hidden, linear
 * output; a_l = W_l x_{l-1} + b_l.
 *
 * <ul>
 *   <li>Hidden states start from the feedforward pass; all change at once in every sweep: x_l +=
 *       step (W_{l+1}^T (f'(a_{l+1}) o e_{l+1}) - e_l) with e_l = x_l - f(a_l).
 *   <li>The output is not a state but a prediction: e_L = beta (T - a_L). This equals a free output
 *       nudged by b where beta = b / (1 + b); beta is used unchanged, as there.
 *   <li>In the first sweep e_L has the wrong sign, as there.
 *   <li>The gradient -(1/beta) (f'(a_l) o e_l) x_{l-1}^T is read in the last sweep, before its
 *       change of the states, as there.
 * </ul>
 */
final class GradientDescent<A> {
    private final Arithmetic<A> math;
    private final double step;
    private final int sweeps;
    private final int top;
    private final List<List<A>> rows = new ArrayList<>();
    private final List<List<A>> columns = new ArrayList<>();
    private final List<A> biases = new ArrayList<>();

    private final List<A> x = new ArrayList<>(); // x_L is the prediction
    private final List<A> free = new ArrayList<>();
    private final List<A> drive = new ArrayList<>();
    private final List<A> mu = new ArrayList<>();
    private final List<A> error = new ArrayList<>();
    private final List<A> gated = new ArrayList<>();
    private final List<A> back = new ArrayList<>();
    private final List<List<A>> weightSums = new ArrayList<>();
    private final List<A> biasSums = new ArrayList<>();

    /** Rounds the parameters of a layered network and starts with gradients of zero. */
    GradientDescent(
            Arithmetic<A> math, Network network, Parameters theta, double step, int sweeps) {
        this.math = math;
        this.step = step;
        this.sweeps = sweeps;
        this.top = network.populations().size() - 1;
        int[] sizes = network.populations().stream().mapToInt(p -> p.size()).toArray();
        for (int l = 0; l <= top; l++) {
            for (List<A> arrays : List.of(x, free, drive, mu, error, gated, back)) {
                arrays.add(zeros(sizes[l]));
            }
            biases.add(math.of(theta.biases(l)));
            biasSums.add(zeros(theta.biases(l).length));
            rows.add(new ArrayList<>());
            columns.add(new ArrayList<>());
            weightSums.add(new ArrayList<>());
            if (l > 0) {
                addWeights(theta.weights(network.into(l).get(0).index()), l, sizes);
            }
        }
    }

    private A zeros(int n) {
        return math.of(new double[n]);
    }

    private void addWeights(double[][] w, int l, int[] sizes) {
        for (double[] row : w) {
            rows.get(l).add(math.of(row));
            weightSums.get(l).add(zeros(row.length));
        }
        for (int j = 0; j < sizes[l - 1]; j++) {
            double[] column = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                column[i] = w[i][j];
            }
            columns.get(l).add(math.of(column));
        }
    }

    /**
     * Infers one example and adds its part of the gradient.
     *
     * @param input shape (n_0)
     * @param target shape (n_L)
     * @return largest |e_l - W^T (f' o e_{l+1})| / beta of the hidden states, before the last
     *     change: how far from the minimum they are; NaN if any is
     */
    double infer(double[] input, double[] target, double beta) {
        A goal = math.of(target);
        math.copy(math.of(input), x.get(0));
        for (int l = 1; l <= top; l++) {
            predict(l);
            math.copy(mu.get(l), x.get(l));
            math.copy(mu.get(l), free.get(l));
        }
        double residual = 0.0;
        for (int k = 0; k < sweeps; k++) {
            findErrors(goal, k == 0 ? -beta : beta);
            if (k == sweeps - 1) {
                residual = residual() / beta;
                addGradient();
            }
            for (int l = 1; l < top; l++) {
                math.descend(x.get(l), error.get(l), back.get(l), step);
            }
        }
        predict(top);
        math.copy(mu.get(top), x.get(top));
        return residual;
    }

    private void predict(int l) {
        A a = drive.get(l);
        math.copy(biases.get(l), a);
        for (int j = 0; j < columns.get(l).size(); j++) {
            math.addScaled(a, x.get(l - 1), j, columns.get(l).get(j));
        }
        if (l < top) {
            math.relu(a, mu.get(l));
        } else {
            math.copy(a, mu.get(l));
        }
    }

    private void findErrors(A goal, double nudge) {
        for (int l = 1; l <= top; l++) {
            if (l > 1) {
                predict(l); // the drive of layer 1 is clamped
            }
            if (l < top) {
                math.difference(x.get(l), mu.get(l), error.get(l));
                math.gate(drive.get(l), error.get(l), gated.get(l));
            } else {
                math.scaledDifference(nudge, goal, mu.get(l), error.get(l));
                math.copy(error.get(l), gated.get(l));
            }
        }
        for (int l = 1; l < top; l++) {
            math.clear(back.get(l));
            for (int i = 0; i < rows.get(l + 1).size(); i++) {
                math.addScaled(back.get(l), gated.get(l + 1), i, rows.get(l + 1).get(i));
            }
        }
    }

    private double residual() {
        double largest = 0.0;
        for (int l = 1; l < top; l++) {
            double[] e = math.values(error.get(l));
            double[] b = math.values(back.get(l));
            for (int i = 0; i < e.length; i++) {
                largest = Math.max(largest, Math.abs(e[i] - b[i])); // propagates NaN
            }
        }
        return largest;
    }

    private void addGradient() {
        A one = math.of(new double[] {1.0});
        for (int l = 1; l <= top; l++) {
            for (int i = 0; i < weightSums.get(l).size(); i++) {
                math.addScaled(weightSums.get(l).get(i), gated.get(l), i, x.get(l - 1));
            }
            math.addScaled(biasSums.get(l), one, 0, gated.get(l));
        }
    }

    /** Activity of a layer at the end of the last example, or at its feedforward pass. */
    double[] activity(int layer, boolean freePhase) {
        return math.values((freePhase ? free : x).get(layer));
    }

    /** Writes the estimate of dLoss/dtheta, loss summed over the examples so far. */
    void gradient(Network network, double beta, Parameters into) {
        for (int l = 1; l <= top; l++) {
            double[][] w = into.weights(network.into(l).get(0).index());
            for (int i = 0; i < w.length; i++) {
                w[i] = scaled(math.values(weightSums.get(l).get(i)), -1.0 / beta);
            }
            double[] b = scaled(math.values(biasSums.get(l)), -1.0 / beta);
            System.arraycopy(b, 0, into.biases(l), 0, b.length);
        }
    }

    private static double[] scaled(double[] v, double factor) {
        for (int k = 0; k < v.length; k++) {
            v[k] *= factor;
        }
        return v;
    }
}
