package org.relaxon.experiments.random;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * Equilibria of the Hopfield energy of a layered network: the free one, and how far the nudged one
 * is from it over beta, which is the unknown and stays of the size of the gradient.
 */
final class Recurrent {
    private final Chain chain;

    Recurrent(Chain chain) {
        this.chain = chain;
    }

    /** What drives each neuron at a state: from below and, under the output, from above. */
    private double[] inputs(double[] s) {
        double[] out = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            double[] h = chain.drive(l, l == 1 ? chain.input : chain.block(s, l - 1));
            double[] back =
                    l == chain.depth
                            ? new double[h.length]
                            : chain.back(l + 1, chain.block(s, l + 1));
            for (int i = 0; i < h.length; i++) {
                out[chain.offset[l] + i] = h[i] + back[i];
            }
        }
        return out;
    }

    /** What drives each neuron more, by a change of the state; the input does not change. */
    private double[] change(double[] d) {
        double[] out = new double[chain.unknowns];
        for (int l = 1; l <= chain.depth; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                double sum = 0;
                for (int j = 0; l > 1 && j < chain.size[l - 1]; j++) {
                    sum += chain.w[l][i][j] * d[chain.offset[l - 1] + j];
                }
                for (int k = 0; l < chain.depth && k < chain.size[l + 1]; k++) {
                    sum += chain.w[l + 1][k][i] * d[chain.offset[l + 1] + k];
                }
                out[chain.offset[l] + i] = sum;
            }
        }
        return out;
    }

    private DMatrixRMaj coupling() {
        DMatrixRMaj out = new DMatrixRMaj(chain.unknowns, chain.unknowns);
        for (int l = 2; l <= chain.depth; l++) {
            DMatrixRMaj w = chain.matrix(l);
            Chain.addAt(out, chain.offset[l], chain.offset[l - 1], 1, w);
            CommonOps_DDRM.transpose(w);
            Chain.addAt(out, chain.offset[l - 1], chain.offset[l], 1, w);
        }
        return out;
    }

    private int layerOf(int unknown) {
        int l = chain.depth;
        while (chain.offset[l] > unknown) {
            l--;
        }
        return l;
    }

    /** The free equilibrium next to a state; null if there is none. */
    double[] free(double[] near) {
        return Equations.solve(
                chain,
                new Equations() {
                    @Override
                    public double[] residual(double[] s) {
                        double[] h = inputs(s);
                        double[] r = s.clone();
                        for (int k = 0; k < r.length; k++) {
                            r[k] -= chain.f[layerOf(k)].value(h[k]);
                        }
                        return r;
                    }

                    @Override
                    public DMatrixRMaj jacobian(double[] s) {
                        double[] h = inputs(s);
                        double[] slope = new double[h.length];
                        for (int k = 0; k < h.length; k++) {
                            slope[k] = -chain.f[layerOf(k)].slope(h[k]);
                        }
                        DMatrixRMaj out = Chain.scaled(slope, coupling());
                        for (int k = 0; k < h.length; k++) {
                            out.add(k, k, 1);
                        }
                        return out;
                    }
                },
                near);
    }

    /** (s - s0) / beta of the nudged equilibrium next to a guess of it; null if there is none. */
    double[] nudged(double[] s0, double beta, double[] guess) {
        double[] h0 = inputs(s0);
        int top = chain.depth;
        return Equations.solve(
                chain,
                new Equations() {
                    private double[] pull(double[] d) {
                        double[] x = new double[chain.size[top]];
                        for (int i = 0; i < x.length; i++) {
                            int k = chain.offset[top] + i;
                            x[i] = s0[k] + beta * d[k];
                        }
                        return chain.pull(x);
                    }

                    private double[] moved(double[] d) {
                        double[] kappa = change(d);
                        double[] pull = pull(d);
                        for (int i = 0; i < pull.length; i++) {
                            kappa[chain.offset[top] + i] += pull[i];
                        }
                        return kappa;
                    }

                    @Override
                    public double[] residual(double[] d) {
                        double[] kappa = moved(d);
                        double[] r = d.clone();
                        for (int k = 0; k < r.length; k++) {
                            Curve f = chain.f[layerOf(k)];
                            r[k] -= f.meanSlope(h0[k], beta * kappa[k]) * kappa[k];
                        }
                        return r;
                    }

                    @Override
                    public DMatrixRMaj jacobian(double[] d) {
                        double[] kappa = moved(d);
                        DMatrixRMaj inner = coupling();
                        double[] x = new double[chain.size[top]];
                        for (int i = 0; i < x.length; i++) {
                            int k = chain.offset[top] + i;
                            x[i] = s0[k] + beta * d[k];
                        }
                        int o = chain.offset[top];
                        Chain.addAt(inner, o, o, -beta, chain.lossCurvature(x));
                        double[] slope = new double[kappa.length];
                        for (int k = 0; k < kappa.length; k++) {
                            slope[k] = -chain.f[layerOf(k)].slope(h0[k] + beta * kappa[k]);
                        }
                        DMatrixRMaj out = Chain.scaled(slope, inner);
                        for (int k = 0; k < kappa.length; k++) {
                            out.add(k, k, 1);
                        }
                        return out;
                    }
                },
                guess);
    }

    /** Follows the minimum from the free state to beta; null where it is lost. */
    double[] follow(double[] s0, double beta) {
        double[] d = new double[s0.length];
        int steps = 16;
        for (int k = 1; k <= steps && d != null; k++) {
            d = nudged(s0, beta * k / steps, d);
        }
        return d;
    }

    /** Second derivatives of the energy over s at s0 + beta d. */
    DMatrixRMaj hessian(double[] s0, double beta, double[] d) {
        double[] s = new double[s0.length];
        for (int k = 0; k < s.length; k++) {
            s[k] = s0[k] + beta * d[k];
        }
        double[] h = inputs(s);
        DMatrixRMaj out = coupling();
        CommonOps_DDRM.scale(-1, out);
        int top = chain.offset[chain.depth];
        double[] x = java.util.Arrays.copyOfRange(s, top, s.length);
        double[] pull = chain.pull(x);
        for (int k = 0; k < s.length; k++) {
            double at = h[k] + (k >= top ? beta * pull[k - top] : 0);
            out.add(k, k, 1 / Math.max(chain.f[layerOf(k)].slope(at), 1e-12));
        }
        Chain.addAt(out, top, top, beta, chain.lossCurvature(x));
        return out;
    }

    /** Adds a share of (dF/dtheta(beta) - dF/dtheta(0)) / beta. */
    void addGradient(
            Network network, double[] s0, double beta, double[] d, double share, Parameters into) {
        for (int l = 1; l <= chain.depth; l++) {
            for (int i = 0; i < chain.size[l]; i++) {
                int k = chain.offset[l] + i;
                into.biases(l)[i] -= share * d[k];
                for (int j = 0; j < chain.size[l - 1]; j++) {
                    double below0 = l == 1 ? chain.input[j] : s0[chain.offset[l - 1] + j];
                    double moved = l == 1 ? 0 : d[chain.offset[l - 1] + j];
                    into.weights(l - 1)[i][j] -=
                            share * (d[k] * (below0 + beta * moved) + s0[k] * moved);
                }
            }
        }
    }
}
