package org.relaxon.model.loss;

import java.util.Locale;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Elementary;

/** The losses that come with the library, each with its exact nudge in error form. */
public enum StandardLoss implements Loss {
    /** L = 1/2 |x - T|^2. */
    SQUARED {
        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            double sum = 0.0;
            for (int i = c; i < n * stride; i += stride) {
                double d = x[i] - target[i];
                sum += d * d;
            }
            return 0.5 * sum;
        }

        /** e = beta (T - mu) / (1 + beta), the minimiser of e^2/2 + beta (mu + e - T)^2 / 2. */
        @Override
        public void nudge(
                double[] mu,
                double[] target,
                double beta,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] e) {
            double factor = beta / (1.0 + beta);
            for (int i = c; i < n * stride; i += stride) {
                e[i] = factor * (target[i] - mu[i]);
            }
        }

        @Override
        public void pull(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            for (int i = c; i < n * stride; i += stride) {
                out[i] = target[i] - x[i];
            }
        }

        @Override
        public void curvature(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            java.util.Arrays.fill(out, 0, n, 1.0);
        }

        @Override
        public boolean couplesOutputs() {
            return false;
        }

        @Override
        public boolean accepts(Activation output) {
            return true;
        }
    },

    /** L = -sum T log softmax(x), for targets that sum to 1. */
    CROSS_ENTROPY {
        @Override
        public double value(double[] x, double[] target, int n, int stride, int c) {
            double top = max(x, null, n, stride, c);
            double sum = 0.0;
            double dot = 0.0;
            for (int i = c; i < n * stride; i += stride) {
                sum += StrictMath.exp(x[i] - top);
                dot += target[i] * (x[i] - top);
            }
            return StrictMath.log(sum) - dot;
        }

        /**
         * e = beta (T - softmax(mu + e)), implicit in e: iterated to round-off, so that the result
         * does not depend on the number of relaxations of the cell. The softmax has a symmetric
         * derivative with eigenvalues in [0, 1/2]; damped by 1 / (1 + beta/4) the iteration reduces
         * its error to |beta| / (4 + beta) of itself a step, a third at beta = 2.
         */
        @Override
        public void nudge(
                double[] mu,
                double[] target,
                double beta,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] e) {
            for (int i = c; i < n * stride; i += stride) {
                e[i] = 0.0;
            }
            double damping = 1.0 / (1.0 + 0.25 * beta);
            for (int k = 0; k < ITERATIONS_MAX; k++) {
                double top = max(mu, e, n, stride, c);
                double sum = 0.0;
                for (int i = c; i < n * stride; i += stride) {
                    sum += math.exp(mu[i] + e[i] - top);
                }
                boolean changed = false;
                for (int i = c; i < n * stride; i += stride) {
                    double goal = beta * (target[i] - math.exp(mu[i] + e[i] - top) / sum);
                    changed |= !(Math.abs(goal - e[i]) <= 2 * Math.ulp(goal));
                    e[i] += damping * (goal - e[i]);
                }
                if (!changed) {
                    return;
                }
            }
        }

        /** T - softmax(x). */
        @Override
        public void pull(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            double top = max(x, null, n, stride, c);
            double sum = 0.0;
            for (int i = c; i < n * stride; i += stride) {
                sum += math.exp(x[i] - top);
            }
            for (int i = c; i < n * stride; i += stride) {
                out[i] = target[i] - math.exp(x[i] - top) / sum;
            }
        }

        /** diag(q) - q q^T with q = softmax(x). */
        @Override
        public void curvature(
                double[] x,
                double[] target,
                int n,
                int stride,
                int c,
                Elementary math,
                double[] out) {
            double top = max(x, null, n, stride, c);
            double[] q = new double[n];
            double sum = 0.0;
            for (int i = 0; i < n; i++) {
                q[i] = math.exp(x[i * stride + c] - top);
                sum += q[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double own = i == j ? q[i] / sum : 0.0;
                    out[i * n + j] = own - q[i] / sum * (q[j] / sum);
                }
            }
        }

        @Override
        public boolean couplesOutputs() {
            return true;
        }

        @Override
        public boolean accepts(Activation output) {
            return output == StandardActivation.LINEAR;
        }
    };

    /** Enough for round-off at beta = -1.99, where a step reduces the error by one percent. */
    private static final int ITERATIONS_MAX = 4000;

    @Override
    public boolean needsDistribution() {
        return this == CROSS_ENTROPY;
    }

    @Override
    public boolean accepts(double beta) {
        return this == SQUARED
                ? beta > -1.0 && beta < Double.POSITIVE_INFINITY
                : Math.abs(beta) < 2.0;
    }

    @Override
    public String betaRange() {
        return this == SQUARED ? "finite and greater than -1" : "between -2 and 2";
    }

    @Override
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double max(double[] x, double[] e, int n, int stride, int c) {
        double top = Double.NEGATIVE_INFINITY;
        for (int i = c; i < n * stride; i += stride) {
            top = Math.max(top, e == null ? x[i] : x[i] + e[i]);
        }
        return top;
    }
}
