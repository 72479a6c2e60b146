package org.relaxon.experiments.certificate;

import org.relaxon.model.network.Network;

/**
 * The fixed-point map s = f(W s_pre + b + gamma W^T s_post) of a layered Hopfield network in the
 * free phase, linearised at its equilibrium: M = D Wsym with D = diag f'(h) and Wsym holding W
 * below and gamma W^T above the diagonal.
 */
final class HopfieldMap {
    private final Synapses synapses;
    private final OperatingPoint at;
    private final double gamma;

    HopfieldMap(Synapses synapses, OperatingPoint at, double gamma) {
        this.synapses = synapses;
        this.at = at;
        this.gamma = gamma;
    }

    /** rho(|M|), or a bound from above; NaN if not finite (Chazan and Miranker 1969). */
    double contraction() {
        Synapses magnitudes = synapses.absolute();
        return SpectralRadius.ofNonnegative(
                v -> product(magnitudes, v, Math.abs(gamma), 1.0, 0.0),
                synapses.freeNeurons(),
                2 * synapses.populations());
    }

    /**
     * Both ends of the spectrum of M. For gamma = 1, M is similar to D^1/2 Wsym D^1/2, and for a
     * chain of layers a factor gamma >= 0 of the feedback is a factor sqrt(gamma) of both
     * directions. NaN for other gamma, where eigenvalues need not be real.
     */
    SymmetricSpectrum spectrum() {
        Network network = synapses.network();
        boolean chain = network.depth() == network.projections().size();
        if (!(gamma == 1.0 || (chain && gamma >= 0.0))) {
            return new SymmetricSpectrum(Double.NaN, Double.NaN, true);
        }
        double both = Math.sqrt(gamma);
        return SymmetricSpectrum.of(
                v -> product(synapses, v, both, both, 0.5), synapses.freeNeurons());
    }

    /** D^(1 - left) (forward W + backward W^T) D^left v; left is 0 or 1/2. */
    private double[] product(
            Synapses w, double[] flat, double backward, double forward, double left) {
        double[][] x = w.split(flat, 0);
        double[][] factor = left > 0.0 ? roots(at.slope()) : at.slope();
        for (int p = 0; left > 0.0 && p < x.length; p++) {
            scale(x[p], factor[p]);
        }
        double[][] out = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            if (!w.isFree(p)) {
                continue;
            }
            out[p] = w.drive(p, x);
            double[] back = w.feedback(p, x);
            for (int i = 0; i < back.length; i++) {
                out[p][i] = forward * out[p][i] + backward * back[i];
            }
            scale(out[p], factor[p]);
        }
        double[] joined = new double[flat.length];
        w.join(out, joined, 0);
        return joined;
    }

    private static double[][] roots(double[][] values) {
        double[][] out = new double[values.length][];
        for (int p = 0; p < out.length; p++) {
            out[p] = values[p] == null ? null : values[p].clone();
            for (int i = 0; out[p] != null && i < out[p].length; i++) {
                out[p][i] = Math.sqrt(out[p][i]);
            }
        }
        return out;
    }

    private static void scale(double[] v, double[] factor) {
        if (v == null) {
            return;
        }
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor[i];
        }
    }
}
