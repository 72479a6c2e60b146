package org.relaxon.experiments.reference;

import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;

/**
 * Value and derivatives of the loss of one example as references compute them: the standard losses
 * by independent arithmetic, a user's loss by its own statements.
 *
 * @param loss of the network
 */
record OutputLoss(Loss loss) {
    /** L of one example at output activity {@code x}, both of shape (n_L). */
    double value(double[] x, double[] target) {
        if (!(loss instanceof StandardLoss standard)) {
            return loss.value(x, target, x.length, 1, 0);
        }
        double sum = loss == StandardLoss.CROSS_ENTROPY ? logSumExp(x) : 0.0;
        for (int i = 0; i < x.length; i++) {
            sum +=
                    switch (standard) {
                        case SQUARED -> 0.5 * (x[i] - target[i]) * (x[i] - target[i]);
                        case CROSS_ENTROPY -> -target[i] * x[i];
                    };
        }
        return sum;
    }

    /** dL/dx, shape (n_L). */
    double[] gradient(double[] x, double[] target) {
        double[] out = new double[x.length];
        if (!(loss instanceof StandardLoss standard)) {
            loss.pull(x, target, x.length, 1, 0, Elementary.STRICT, out);
            for (int i = 0; i < out.length; i++) {
                out[i] = -out[i];
            }
            return out;
        }
        double logSum = loss == StandardLoss.CROSS_ENTROPY ? logSumExp(x) : 0.0;
        for (int i = 0; i < x.length; i++) {
            out[i] =
                    switch (standard) {
                        case SQUARED -> x[i] - target[i];
                        case CROSS_ENTROPY -> StrictMath.exp(x[i] - logSum) - target[i];
                    };
        }
        return out;
    }

    /** Second derivatives of L at one output activity. */
    Curvature curvature(double[] x, double[] target) {
        int n = x.length;
        if (loss == StandardLoss.SQUARED) {
            return new Curvature(n, null, null);
        }
        if (loss == StandardLoss.CROSS_ENTROPY) {
            double logSum = logSumExp(x);
            double[] q = new double[n];
            for (int i = 0; i < n; i++) {
                q[i] = StrictMath.exp(x[i] - logSum);
            }
            return new Curvature(n, q, null);
        }
        double[] h = new double[loss.couplesOutputs() ? n * n : n];
        loss.curvature(x, target, n, 1, 0, Elementary.STRICT, h);
        return new Curvature(n, null, h);
    }

    /** Sizes of the terms of dL/dx, per output, given those of x. */
    double[] termsOfGradient(double[] x, double[] target, double[] sizes) {
        double[] out = sizes.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += Math.abs(target[i]);
        }
        if (loss == StandardLoss.SQUARED) {
            return out;
        }
        Curvature curvature = curvature(x, target);
        if (loss != StandardLoss.CROSS_ENTROPY) {
            double[] own = gradient(x, target);
            for (int i = 0; i < out.length; i++) {
                out[i] = out[i] * (1.0 + Math.abs(curvature.at(i, i))) + Math.abs(own[i]);
            }
            return out;
        }
        double mean = 0.0;
        for (int i = 0; i < x.length; i++) {
            mean += curvature.q[i] * sizes[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = curvature.q[i] * (1.0 + sizes[i] + mean) + Math.abs(target[i]);
        }
        return out;
    }

    /** Size of the terms of dL/dx, not of their difference. */
    double size(double[] x, double[] target) {
        if (loss == StandardLoss.CROSS_ENTROPY) {
            return 1.0 + norm(target); // softmax(x) and T
        }
        double size = norm(x) + norm(target);
        return loss == StandardLoss.SQUARED ? size : size + norm(gradient(x, target));
    }

    private static double norm(double[] v) {
        return Math.sqrt(Amplification.square(v));
    }

    /** log sum exp x, shifted by the largest element so that nothing overflows. */
    static double logSumExp(double[] x) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            largest = Math.max(largest, v);
        }
        double sum = 0.0;
        for (double v : x) {
            sum += StrictMath.exp(v - largest);
        }
        return largest + StrictMath.log(sum);
    }

    /**
     * L'' of one example: the identity, diag(q) - q q^T, or as stated by the loss: a diagonal, or
     * all entries, flat (n, n).
     */
    static final class Curvature {
        private final int n;
        private final double[] q;
        private final double[] stated;

        private Curvature(int n, double[] q, double[] stated) {
            this.n = n;
            this.q = q;
            this.stated = stated;
        }

        /** True if it is diagonal. */
        boolean isDiagonal() {
            return q == null && (stated == null || stated.length == n);
        }

        /** The part of an entry on the diagonal that is not a product: 1, q_i, or the entry. */
        private double own(int i) {
            if (q != null) {
                return q[i];
            }
            return stated == null ? 1.0 : stated[stated.length == n ? i : i * n + i];
        }

        /** One entry. */
        double at(int i, int j) {
            if (q != null) {
                return (i == j ? q[i] : 0.0) - q[i] * q[j];
            }
            if (stated != null && stated.length > n) {
                return stated[i * n + j];
            }
            return i == j ? own(i) : 0.0;
        }

        /** All entries, as sums of products of two factors. */
        void forEach(Product into) {
            for (int i = 0; i < n; i++) {
                into.add(i, i, own(i), 1.0);
                for (int j = 0; j < n && !isDiagonal(); j++) {
                    if (q != null) {
                        into.add(i, j, q[i], -q[j]);
                    } else if (j != i) {
                        into.add(i, j, stated[i * n + j], 1.0);
                    }
                }
            }
        }

        /** L'' v. */
        double[] times(double[] v) {
            double[] out = new double[n];
            if (q != null) {
                double mean = 0.0;
                for (int i = 0; i < n; i++) {
                    mean += q[i] * v[i];
                }
                for (int i = 0; i < n; i++) {
                    out[i] = q[i] * (v[i] - mean);
                }
                return out;
            }
            for (int i = 0; i < n; i++) {
                out[i] = own(i) * v[i];
                for (int j = 0; j < n && !isDiagonal(); j++) {
                    out[i] += j == i ? 0.0 : at(i, j) * v[j];
                }
            }
            return out;
        }
    }

    /** Receives parts of entries, which add up. */
    @FunctionalInterface
    interface Product {
        /** Adds {@code left} times {@code right} to entry (i, j). */
        void add(int i, int j, double left, double right);
    }
}
