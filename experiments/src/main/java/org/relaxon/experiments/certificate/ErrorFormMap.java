package org.relaxon.experiments.certificate;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/**
 * The fixed-point map of a divergence in error form, linearised. The unknowns are the signals: the
 * activity x that travels forward, and v that travels back and is multiplied by W^T on the way.
 * With a = W x_pre + b and h = W^T v_post a hidden neuron computes
 *
 * <ul>
 *   <li>squared divergence: e = h, x = f(a) + e, v = f'(a) e, so dx = f' da + dh and dv = f' dh +
 *       f'' e da;
 *   <li>Fenchel-Young: e = f(a + h) - f(a), x = f(a) + e, v = e, so dx = f'(y) (da + dh) and dv =
 *       f'(y) dh + (f'(y) - f'(a)) da at y = a + h;
 * </ul>
 *
 * and the output closes the loop ({@link OutputNudge}). f' and f'' are taken at the feedforward
 * pass; e and h, of the size of beta, are carried down from the output's error at the slopes of
 * that pass (their first order in beta). At beta = 0 the loop is open and the map is nilpotent.
 *
 * <p>A spectral radius of the elementwise absolute value below 1 makes every asynchronous iteration
 * of the linear map converge (Chazan and Miranker 1969; Baudet 1978 for nonlinear maps).
 */
final class ErrorFormMap {
    private final Synapses synapses;
    private final Synapses magnitudes;
    private final Synapses closing; // |dv_L/dx| instead of the weights into the output
    private final OperatingPoint at;
    private final EnergyFamily family;
    private final OutputNudge nudge;
    private final double[][] slope; // of x with respect to a
    private final double[][] curved; // of v with respect to a

    ErrorFormMap(
            Synapses synapses,
            OperatingPoint at,
            double[] target,
            EnergyFamily family,
            double beta) {
        this.synapses = synapses;
        this.magnitudes = synapses.absolute();
        this.at = at;
        this.family = family;
        this.nudge = new OutputNudge(synapses, at, target, family, beta);
        this.closing = synapses.withOutput(nudge::magnitudes);
        this.slope = new double[synapses.populations()][];
        this.curved = new double[synapses.populations()][];
        double[][] v = new double[synapses.populations()][];
        v[output()] = nudge.sent();
        for (int p = output() - 1; p >= 0; p--) {
            if (synapses.isFree(p)) {
                v[p] = nudged(p, synapses.feedback(p, v));
            }
        }
    }

    /** Slopes at the nudged estimate of a hidden population; returns its v. */
    private double[] nudged(int p, double[] h) {
        Activation f = synapses.network().population(p).activation();
        int n = h.length;
        slope[p] = at.slope()[p].clone();
        curved[p] = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = at.slope()[p][i] * h[i];
            double a = at.drive()[p][i];
            if (family == EnergyFamily.DIVERGENCE_SQUARED) {
                curved[p][i] = OperatingPoint.curvature(f, a) * h[i];
            } else {
                double y = a + h[i];
                slope[p][i] = f.slope(y, f.value(y, Elementary.STRICT), Elementary.STRICT);
                curved[p][i] = slope[p][i] - at.slope()[p][i];
            }
        }
        return v;
    }

    private int output() {
        return synapses.network().output().index();
    }

    /** rho(|M|), or a bound from above; NaN if not finite. */
    double contraction() {
        int n = 2 * synapses.freeNeurons();
        return SpectralRadius.ofNonnegative(this::product, n, 2 * synapses.populations());
    }

    /** |M| times a nonnegative vector: all x, then all v. */
    double[] product(double[] flat) {
        int n = synapses.freeNeurons();
        double[][] x = synapses.split(flat, 0);
        double[][] v = synapses.split(flat, n);
        double[][] nextX = new double[x.length][];
        double[][] nextV = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            if (!synapses.isFree(p)) {
                continue;
            }
            double[] da = magnitudes.drive(p, x);
            if (synapses.isOutput(p)) {
                nextX[p] = new double[da.length]; // no cell reads it
                nextV[p] = closing.drive(p, x);
                continue;
            }
            double[] dh = magnitudes.feedback(p, v);
            boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
            nextX[p] = new double[da.length];
            nextV[p] = new double[da.length];
            for (int i = 0; i < da.length; i++) {
                double s = slope[p][i];
                nextX[p][i] = s * da[i] + (squared ? 1.0 : s) * dh[i];
                nextV[p][i] = s * dh[i] + Math.abs(curved[p][i]) * da[i];
            }
        }
        double[] out = new double[flat.length];
        synapses.join(nextX, out, 0);
        synapses.join(nextV, out, n);
        return out;
    }

    /**
     * The gain of the loop output error, backward chain, forward chain, output error at first
     * order: the largest eigenvalue of R K with K = da_L/dv_L through all hidden populations and -R
     * = dv_L/da_L. For squared divergence and loss that is c |sum over hidden P_l P_l^T| with c =
     * beta / (1 + beta) and P_l = dx_L/dx_l. K is positive semidefinite, and R is so for beta >= 0.
     */
    double loopGain() {
        double[] v = new double[nudge.sent().length];
        for (int i = 0; i < v.length; i++) {
            v[i] = 1.0 + 0.25 * Math.sin(i + 1.0); // any generic vector
        }
        double gain = 0.0;
        for (int k = 0; k < 5000; k++) {
            double length = Math.sqrt(square(v));
            if (length == 0.0) {
                return 0.0;
            }
            for (int i = 0; i < v.length; i++) {
                v[i] /= length;
            }
            v = nudge.answer(through(v));
            double next = Math.sqrt(square(v));
            if (!(Math.abs(next - gain) > 1e-13 * next)) {
                return next;
            }
            gain = next;
        }
        return gain;
    }

    /** K v. */
    private double[] through(double[] top) {
        double[][] v = new double[synapses.populations()][];
        double[][] x = new double[synapses.populations()][];
        v[output()] = top;
        for (int p = output() - 1; p >= 0; p--) {
            if (synapses.isFree(p)) {
                x[p] = synapses.feedback(p, v);
                v[p] = times(at.slope()[p], x[p]);
                x[p] = family == EnergyFamily.DIVERGENCE_SQUARED ? x[p] : v[p].clone();
            }
        }
        for (int p = 0; p < output(); p++) {
            if (synapses.isFree(p)) {
                double[] moved = times(at.slope()[p], synapses.drive(p, x));
                for (int i = 0; i < moved.length; i++) {
                    x[p][i] += moved[i];
                }
            }
        }
        return synapses.drive(output(), x);
    }

    private static double[] times(double[] u, double[] v) {
        double[] out = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            out[i] = u[i] * v[i];
        }
        return out;
    }

    private static double square(double[] v) {
        double sum = 0.0;
        for (double value : v) {
            sum += value * value;
        }
        return sum;
    }
}
