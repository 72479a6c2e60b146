package org.relaxon.experiments.certificate;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;

/**
 * The output cell of a divergence at the free equilibrium: its error under the nudge, and the
 * response of its feedback to a change of its drive a. With mu = f(a):
 *
 * <ul>
 *   <li>squared divergence, squared loss: e = c (T - mu), c = beta / (1 + beta), sent v = f' e, so
 *       dv/da = f'' e - c f'^2;
 *   <li>Fenchel-Young, squared loss: x = f(y), y = a + beta (T - x), sent v = e = x - f(a), so
 *       dv/da = f'(y) - f'(a) - beta f'(y)^2 / (1 + beta f'(y)); y by one Newton step from a;
 *   <li>cross-entropy (linear f): e = beta (T - softmax(mu + e)), so dv/da = -R = -beta L'' (1 +
 *       beta L'')^-1 with L'' = diag(q) - q q^T, q = softmax(mu); e by one Newton step from 0.
 * </ul>
 */
final class OutputNudge {
    private final double beta;
    private final boolean crossEntropy;
    private final double[] error;
    private final double[] sent;
    private final double[] gain; // -dv/da without the terms that vanish with e
    private final double[] curved; // those terms
    private double[] q;

    OutputNudge(
            Synapses synapses, OperatingPoint at, double[] target, EnergyFamily f, double beta) {
        int p = synapses.network().output().index();
        this.beta = beta;
        this.crossEntropy = synapses.network().loss() == StandardLoss.CROSS_ENTROPY;
        int n = target.length;
        error = new double[n];
        sent = new double[n];
        gain = new double[n];
        curved = new double[n];
        if (crossEntropy) {
            nudgeSoftmax(at.activity()[p], target);
            return;
        }
        Activation activation = synapses.network().population(p).activation();
        for (int i = 0; i < n; i++) {
            double gap = target[i] - at.activity()[p][i];
            if (f == EnergyFamily.DIVERGENCE_SQUARED) {
                squared(i, activation, at.drive()[p][i], at.slope()[p][i], gap);
            } else {
                fenchelYoung(i, activation, at.drive()[p][i], at.slope()[p][i], gap);
            }
        }
    }

    private void squared(int i, Activation f, double a, double slope, double gap) {
        double c = beta / (1.0 + beta);
        error[i] = c * gap;
        sent[i] = slope * error[i];
        gain[i] = c * slope * slope;
        curved[i] = OperatingPoint.curvature(f, a) * error[i];
    }

    private void fenchelYoung(int i, Activation f, double a, double slope, double gap) {
        double h = beta * gap / (1.0 + beta * slope);
        double mu = f.value(a, Elementary.STRICT);
        double x = f.value(a + h, Elementary.STRICT);
        double there = f.slope(a + h, x, Elementary.STRICT);
        error[i] = f.increment(a, mu, h, Elementary.STRICT);
        sent[i] = error[i];
        gain[i] = beta * there * there / (1.0 + beta * there);
        curved[i] = there - slope;
    }

    private void nudgeSoftmax(double[] mu, double[] target) {
        q = softmax(mu);
        double[] pull = new double[q.length];
        for (int i = 0; i < q.length; i++) {
            pull[i] = beta * (target[i] - q[i]);
        }
        double[] taken = answer(pull); // (1 + beta L'')^-1 = 1 - R
        for (int i = 0; i < q.length; i++) {
            error[i] = pull[i] - taken[i];
            sent[i] = error[i];
        }
    }

    /** v at the nudged equilibrium, first order, shape (n_L). */
    double[] sent() {
        return sent;
    }

    /** -dv/da times {@code change} without the terms that vanish with e. */
    double[] answer(double[] change) {
        double[] out = new double[change.length];
        if (!crossEntropy) {
            for (int i = 0; i < out.length; i++) {
                out[i] = gain[i] * change[i];
            }
            return out;
        }
        double pivot = softmaxPivot();
        double dot = 0.0;
        for (int i = 0; i < out.length; i++) {
            dot += q[i] / (1.0 + beta * q[i]) * change[i];
        }
        for (int i = 0; i < out.length; i++) {
            double d = 1.0 + beta * q[i];
            out[i] = beta * q[i] / d * change[i] - beta * q[i] / d * dot / pivot;
        }
        return out;
    }

    /**
     * |dv/dx_pre| for weights w, elementwise absolute value of (dv/da) w, shape (n_L, nPre). For
     * cross-entropy the rows mix before the absolute value is taken: one cell holds all outputs.
     */
    double[][] magnitudes(double[][] w) {
        double[][] out = new double[w.length][w[0].length];
        for (int j = 0; j < w[0].length; j++) {
            double[] column = new double[w.length];
            for (int i = 0; i < w.length; i++) {
                column[i] = w[i][j];
            }
            double[] answer = answer(column);
            for (int i = 0; i < w.length; i++) {
                out[i][j] = Math.abs(curved[i] * w[i][j] - answer[i]);
            }
        }
        return out;
    }

    /** 1 - beta q^T (1 + beta diag q)^-1 q, from the Sherman-Morrison formula. */
    private double softmaxPivot() {
        double sum = 0.0;
        for (double value : q) {
            sum += beta * value * value / (1.0 + beta * value);
        }
        return 1.0 - sum;
    }

    static double[] softmax(double[] x) {
        double top = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            top = Math.max(top, value);
        }
        double sum = 0.0;
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = StrictMath.exp(x[i] - top);
            sum += out[i];
        }
        for (int i = 0; i < x.length; i++) {
            out[i] /= sum;
        }
        return out;
    }
}
