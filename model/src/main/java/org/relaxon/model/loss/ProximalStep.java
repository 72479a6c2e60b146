package org.relaxon.model.loss;

import java.util.Arrays;
import org.relaxon.model.math.Elementary;

/**
 * The minimiser of |e|^2/2 + beta L(mu + e, T) by Newton's method with halved steps (Nocedal and
 * Wright 2006, section 3.3), iterated to round-off, so that the result does not depend on the
 * number of relaxations of the cell.
 */
public final class ProximalStep {
    private static final int STEPS_MAX = 200;

    /** Halvings after which a step is below the rounding of any number it is added to. */
    private static final int HALVINGS_MAX = 60;

    private final Loss loss;
    private final double beta;
    private final double[] mu;
    private final double[] target;
    private final Elementary math;
    private final int n;
    private final int stride;
    private final int column;
    private final double[] e;
    private final double[] x;
    private final double[] pull;

    private boolean heldActivity; // derivatives are functions of mu + e, not of e
    private Derivative first = (i, move) -> move;
    private Derivative second = (i, move) -> 1.0;

    /** A derivative of one output neuron's own energy with respect to its activity. */
    @FunctionalInterface
    public interface Derivative {
        /**
         * At one activity.
         *
         * @param i neuron
         * @param move activity minus mu
         * @return the derivative
         */
        double at(int i, double move);
    }

    /**
     * Arguments as of {@link Loss#nudge}.
     *
     * @param loss loss of the network
     * @param mu predictions, flat (n, stride)
     * @param target targets, flat (n, stride)
     * @param beta nudging strength that the loss accepts
     * @param n number of outputs
     * @param stride columns of the arrays
     * @param column column of the example
     * @param math arithmetic of exp and tanh
     */
    public ProximalStep(
            Loss loss,
            double[] mu,
            double[] target,
            double beta,
            int n,
            int stride,
            int column,
            Elementary math) {
        this.loss = loss;
        this.beta = beta;
        this.mu = column(mu, n, stride, column);
        this.target = column(target, n, stride, column);
        this.math = math;
        this.n = n;
        this.stride = stride;
        this.column = column;
        this.e = new double[n];
        this.x = this.mu.clone();
        this.pull = new double[n];
    }

    /**
     * The same with a convex energy of each neuron instead of |e|^2/2, a function of mu + e.
     *
     * @param slope first derivative of it
     * @param curvature second derivative, greater than 0
     * @return this step
     */
    public ProximalStep withPotential(Derivative slope, Derivative curvature) {
        first = slope;
        second = curvature;
        heldActivity = true;
        return this;
    }

    private static double[] column(double[] flat, int n, int stride, int c) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = flat[i * stride + c];
        }
        return out;
    }

    /**
     * Writes the minimiser; the result is not finite if the loss is not.
     *
     * @param into result minus mu, flat (n, stride); only the column is written
     */
    public void write(double[] into) {
        double before = slope();
        for (int k = 0; k < STEPS_MAX && before > 0.0; k++) {
            double[] step = step();
            double after = descend(step, before);
            if (!(after < before)) {
                break; // round-off is reached, or something is not a number
            }
            before = after;
        }
        for (int i = 0; i < n; i++) {
            into[i * stride + column] = e[i];
        }
    }

    /**
     * Largest entry of the slope minus beta pull, which is 0 at the minimum; also stores the pull.
     */
    private double slope() {
        loss.pull(x, target, n, 1, 0, math, pull);
        double most = 0.0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, Math.abs(first.at(i, e[i]) - beta * pull[i]));
        }
        return most;
    }

    /** The slope after the longest part of a step that lowers it; the old point if none does. */
    private double descend(double[] step, double before) {
        double[] from = e.clone();
        double share = 1.0;
        for (int h = 0; h < HALVINGS_MAX; h++, share *= 0.5) {
            move(from, step, share);
            double now = slope();
            if (now < before) {
                return now;
            }
            if (rests(from)) {
                break; // as does every smaller part
            }
        }
        move(from, step, 0.0);
        return before;
    }

    /** Whether none of the arguments of the derivatives differs from the old point. */
    private boolean rests(double[] from) {
        for (int i = 0; i < n; i++) {
            boolean same = heldActivity ? x[i] == mu[i] + from[i] : e[i] == from[i];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private void move(double[] from, double[] step, double share) {
        for (int i = 0; i < n; i++) {
            e[i] = share == 0.0 ? from[i] : from[i] + share * step[i];
            x[i] = mu[i] + e[i];
        }
    }

    /** The step d of (1 + beta L'') d = beta pull - e. */
    private double[] step() {
        double[] right = new double[n];
        Arrays.setAll(right, i -> beta * pull[i] - first.at(i, e[i]));
        boolean coupled = loss.couplesOutputs();
        double[] h = new double[coupled ? n * n : n];
        loss.curvature(x, target, n, 1, 0, math, h);
        if (!coupled) {
            Arrays.setAll(right, i -> right[i] / (second.at(i, e[i]) + beta * h[i]));
            return right;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h[i * n + j] = (i == j ? second.at(i, e[i]) : 0.0) + beta * h[i * n + j];
            }
        }
        solve(h, right);
        return right;
    }

    /** Gauss's elimination without pivots, which positive definite matrices do not need. */
    private void solve(double[] a, double[] right) {
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                double factor = a[i * n + k] / a[k * n + k];
                for (int j = k; j < n; j++) {
                    a[i * n + j] -= factor * a[k * n + j];
                }
                right[i] -= factor * right[k];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                right[i] -= a[i * n + j] * right[j];
            }
            right[i] /= a[i * n + i];
        }
    }
}
