package org.relaxon.experiments.certificate;

import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.network.Projection;

/**
 * The largest step eta of gradient dynamics under a constant delay of d ticks one way.
 *
 * <p>Predictive coding: the loop x_l, e_(l+1), x_l has a restoring force without delay and gain k
 * with delay 2d, x' = -eta (x(t) + k x(t - 2d)). On the boundary of stability lambda = i eta w: 1 +
 * i w = -k e^(-2 i w eta d), so w = sqrt(k^2 - 1) and eta d = arccos(-1/k) / (2 w) if k > 1; for k
 * < 1 no delay destabilises (the classical test, as in Hale and Verduyn Lunel 1993). Fenchel-Young
 * networks are taken with eta as the fraction of the way to the fixed point, with the same form.
 *
 * <p>Hopfield, s' = eta (-s + f(h)): with the same delay d on every link the linear system
 * separates into z' = eta (-z + m z(t - d)) for the eigenvalues m of M, all real. For two layers m
 * = +-sigma with sigma^2 the largest eigenvalue of D_l W^T D_(l+1) W. An m of at least 1 is
 * unstable under every delay; for m below -1 as above with d once: eta d = arccos(1/m) / sqrt(m^2 -
 * 1).
 *
 * <p>Both are asymptotic for small eta. Steps in ticks overshoot without any delay from 2 / the
 * largest eigenvalue of the linearisation on, which caps the limit; it is therefore never infinite.
 */
final class StepLimit {
    private StepLimit() {}

    /**
     * eta d on the boundary of stability, for a loop of gain k whose delay is d there and d back.
     *
     * @return ticks; infinite if no delay destabilises, NaN for NaN
     */
    static double loop(double k) {
        if (k <= 1.0) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.acos(-1.0 / k) / (2.0 * Math.sqrt((k - 1.0) * (k + 1.0)));
    }

    /**
     * The limit of a divergence.
     *
     * @param k from {@link #strongest}
     * @param beta curvature that the loss adds at the output is at most |beta|
     * @param ticks d
     */
    static double divergence(double k, double beta, double ticks) {
        double norm = 1.0 + Math.sqrt(k); // |1 - J| of a chain is at most 1 + the largest |J_l|
        return capped(loop(k), ticks, 2.0 / (norm * norm + Math.abs(beta)));
    }

    /** The limit of a Hopfield network, from the spectrum of M; 0 if no step is stable. */
    static double hopfield(SymmetricSpectrum m, double ticks) {
        if (m.largest() >= 1.0) {
            return 0.0;
        }
        double least = m.smallest();
        if (least == 0.0 && m.largest() == 0.0) {
            return 2.0;
        }
        double etaTicks = 2.0 * loop(-least); // one delay in the loop instead of two
        double radius = Math.max(-least, m.largest());
        return capped(etaTicks, ticks, 2.0 / (1.0 + radius));
    }

    /** Largest sigma_max(diag(f') W)^2 over projections between free populations; 0 if none. */
    static double strongest(Synapses synapses, OperatingPoint at, EnergyFamily family) {
        double most = 0.0;
        for (Projection e : synapses.network().projections()) {
            if (synapses.isFree(e.pre())) {
                double[] pre = at.slope()[e.pre()];
                double[] post = at.slope()[e.post()];
                boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
                most = Math.max(most, gain(synapses.weights(e), pre, post, squared));
            }
        }
        return most;
    }

    /** sigma_max(D W)^2, for Fenchel-Young sigma_max(D^1/2 W D_pre^1/2)^2. */
    private static double gain(double[][] w, double[] pre, double[] post, boolean squared) {
        int rows = post.length;
        int columns = pre.length;
        double[][] j = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                j[r][c] = w[r][c] * (squared ? post[r] : Math.sqrt(post[r] * pre[c]));
            }
        }
        boolean wide =
                columns > rows; // the smaller of J J^T and J^T J has the same largest eigenvalue
        return SymmetricSpectrum.of(
                        v ->
                                wide
                                        ? apply(j, applyTransposed(j, v))
                                        : applyTransposed(j, apply(j, v)),
                        Math.min(rows, columns))
                .largest();
    }

    private static double capped(double etaTicks, double ticks, double cap) {
        double underDelay = etaTicks == Double.POSITIVE_INFINITY ? etaTicks : etaTicks / ticks;
        return Math.min(underDelay, cap); // Math.min propagates NaN
    }

    private static double[] apply(double[][] j, double[] v) {
        Effort.spend((long) j.length * v.length);
        double[] out = new double[j.length];
        for (int r = 0; r < j.length; r++) {
            for (int c = 0; c < v.length; c++) {
                out[r] += j[r][c] * v[c];
            }
        }
        return out;
    }

    private static double[] applyTransposed(double[][] j, double[] v) {
        Effort.spend((long) j.length * v.length);
        double[] out = new double[j[0].length];
        for (int r = 0; r < j.length; r++) {
            for (int c = 0; c < out.length; c++) {
                out[c] += j[r][c] * v[r];
            }
        }
        return out;
    }
}
