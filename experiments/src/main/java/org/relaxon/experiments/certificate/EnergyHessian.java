package org.relaxon.experiments.certificate;

import org.relaxon.model.loss.StandardLoss;

/**
 * The second derivative of energy plus beta times loss with respect to the free activities, at the
 * free equilibrium:
 *
 * <ul>
 *   <li>divergences: B^T P B + beta L'', B = 1 - J with J = f' W, and P = 1 or, for Fenchel-Young,
 *       1 / f'; exact, because all errors are 0 there;
 *   <li>Hopfield with gamma = 1: diag(1 / f') - Wsym + beta L''.
 * </ul>
 *
 * <p>Where 1 / f' occurs, neurons with f' of at most 1e-9 cannot move: they are left out and
 * counted as dead. That changes an eigenvalue by about 1e-9 |W|^2.
 */
final class EnergyHessian {
    private static final double DEAD = 1e-9;

    private final Synapses synapses;
    private final OperatingPoint at;
    private final EnergyFamily family;
    private final double beta;
    private final int[] alive;
    private final double[] softmax;

    EnergyHessian(Synapses synapses, OperatingPoint at, EnergyFamily family, double beta) {
        this.synapses = synapses;
        this.at = at;
        this.family = family;
        this.beta = beta;
        int n = synapses.freeNeurons();
        double[] slope = new double[n];
        synapses.join(at.slope(), slope, 0);
        boolean all = family == EnergyFamily.DIVERGENCE_SQUARED;
        this.alive =
                java.util.stream.IntStream.range(0, n)
                        .filter(i -> all || !(slope[i] <= DEAD))
                        .toArray();
        boolean crossEntropy = synapses.network().loss() == StandardLoss.CROSS_ENTROPY;
        int output = synapses.network().output().index();
        this.softmax = crossEntropy ? OutputNudge.softmax(at.activity()[output]) : null;
    }

    /** Neurons left out. */
    int dead() {
        return synapses.freeNeurons() - alive.length;
    }

    /** Both ends of the spectrum over the neurons that can move. */
    SymmetricSpectrum spectrum() {
        return SymmetricSpectrum.of(this::product, alive.length);
    }

    /** H v over the neurons that can move. */
    double[] product(double[] v) {
        double[] all = new double[synapses.freeNeurons()];
        for (int k = 0; k < v.length; k++) {
            all[alive[k]] = v[k];
        }
        double[][] x = synapses.split(all, 0);
        double[][] y = family == EnergyFamily.HOPFIELD ? hopfield(x) : divergence(x);
        int output = synapses.network().output().index();
        double[] loss = curvature(x[output]);
        for (int i = 0; i < loss.length; i++) {
            y[output][i] += beta * loss[i];
        }
        synapses.join(y, all, 0);
        double[] out = new double[v.length];
        for (int k = 0; k < v.length; k++) {
            out[k] = all[alive[k]];
        }
        return out;
    }

    private double[][] hopfield(double[][] x) {
        double[][] y = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            if (synapses.isFree(p)) {
                double[] down = synapses.drive(p, x);
                double[] up = synapses.feedback(p, x);
                y[p] = new double[down.length];
                for (int i = 0; i < y[p].length; i++) {
                    y[p][i] = own(x[p][i], at.slope()[p][i]) - down[i] - up[i];
                }
            }
        }
        return y;
    }

    /** B^T P B x; a projection sends back W^T f' P (B x)_post. */
    private double[][] divergence(double[][] x) {
        boolean squared = family == EnergyFamily.DIVERGENCE_SQUARED;
        double[][] weighted = new double[x.length][]; // P B x
        double[][] sent = new double[x.length][]; // f' P B x
        for (int p = 0; p < x.length; p++) {
            if (!synapses.isFree(p)) {
                continue;
            }
            double[] drive = synapses.drive(p, x);
            weighted[p] = new double[drive.length];
            sent[p] = new double[drive.length];
            for (int i = 0; i < drive.length; i++) {
                double slope = at.slope()[p][i];
                if (squared) {
                    weighted[p][i] = x[p][i] - slope * drive[i];
                    sent[p][i] = slope * weighted[p][i];
                } else {
                    weighted[p][i] = own(x[p][i], slope) - drive[i];
                    sent[p][i] = x[p][i] - slope * drive[i];
                }
            }
        }
        for (int p = 0; p < x.length; p++) {
            if (synapses.isFree(p)) {
                double[] back = synapses.feedback(p, sent);
                for (int i = 0; i < back.length; i++) {
                    weighted[p][i] -= back[i];
                }
            }
        }
        return weighted;
    }

    /** x / f', where a neuron that cannot move has x = 0. */
    private static double own(double x, double slope) {
        return x == 0.0 ? 0.0 : x / slope;
    }

    /** L'' v: v, or q o (v - q . v) for cross-entropy. */
    private double[] curvature(double[] v) {
        if (softmax == null) {
            return v;
        }
        double mean = 0.0;
        for (int i = 0; i < v.length; i++) {
            mean += softmax[i] * v[i];
        }
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = softmax[i] * (v[i] - mean);
        }
        return out;
    }
}
