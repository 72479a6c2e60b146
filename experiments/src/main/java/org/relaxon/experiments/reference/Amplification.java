package org.relaxon.experiments.reference;

import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The effect of a finite nudge: the factor of beta in the relative error of a layered divergence,
 * to first order.
 *
 * <p>With J_p = dx_L/dx_p at the feedforward pass and P_p the second derivative of population p's
 * divergence, the nudged output moves by -beta S (1 + beta L'' S)^-1 g, where S = sum over p of J_p
 * P_p^-1 J_p^T (J_L = 1), g = dL/dx_L and L'' is the second derivative of the loss. The feedback is
 * therefore beta (1 + beta L'' S)^-1 g instead of beta g: too small by about beta L'' S. For a
 * linear network this is exact; elsewhere the activities that moved by beta S g and the feedback of
 * size beta g meet curved activations, which adds terms of these sizes. Predictive coding has P =
 * 1, Fenchel-Young divergences have P^-1 = f'. For one weight layer with linear output and squared
 * loss L'' S = 1.
 *
 * @param typical |L'' S g| / |g| over the batch: the factor of the error of this batch; NaN if g is
 *     0
 * @param most largest over all examples of |L'' S| (spectral norm, found by power iteration to a
 *     few percent), |S g| and |g|
 * @param cancellation sum of the norms of the examples' gradients over the norm of their sum, at
 *     least 1 up to round-off: errors may add where gradients cancel
 */
public record Amplification(double typical, double most, double cancellation) {
    /** The divergence that measures the distance of an activity from its prediction. */
    public enum Divergence {
        /** Half the squared distance: P = 1. */
        SQUARED_DISTANCE,
        /** Fenchel-Young: P = 1 / f'. */
        FENCHEL_YOUNG
    }

    private static final int POWER_ITERATIONS = 20;

    /**
     * Computes both figures at the feedforward pass.
     *
     * @param network whose output is nudged
     * @param parameters weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param divergence of the energy
     * @return the figures of the batch
     */
    public static Amplification of(
            Network network,
            Parameters parameters,
            Matrix input,
            Matrix target,
            Divergence divergence) {
        Backprop backprop = Backprop.of(network);
        double felt = 0.0;
        double plain = 0.0;
        double most = 0.0;
        double gradients = 0.0;
        for (int c = 0; c < input.columns(); c++) {
            Backprop.Pass pass = backprop.forward(parameters, input.columnValues(c));
            double[] x = new Ends(network).outputs(pass.x());
            double[] aim = target.columnValues(c);
            Linearisation here =
                    new Linearisation(network, parameters, backprop, pass, aim, divergence);
            double[] g = backprop.outputError(x, aim);
            double[] moved = here.response(g);
            felt += square(here.timesCurvature(moved));
            plain += square(g);
            most = Math.max(most, here.norm());
            most = Math.max(most, Math.sqrt(Math.max(square(moved), square(g))));
            double[][] down = backprop.backward(parameters, pass, g);
            gradients += Math.sqrt(backprop.squareOfGradient(pass, down));
        }
        double sum = squareOf(backprop.gradient(parameters, input, target).gradient(), network);
        return new Amplification(Math.sqrt(felt / plain), most, gradients / Math.sqrt(sum));
    }

    private static double squareOf(Parameters gradient, Network network) {
        double sum = 0.0;
        for (Population p : network.populations()) {
            sum += square(gradient.biases(p.index()));
        }
        for (Projection e : network.projections()) {
            for (double[] row : gradient.weights(e.index())) {
                sum += square(row);
            }
        }
        return sum;
    }

    static double square(double[] v) {
        double sum = 0.0;
        for (double value : v) {
            sum += value * value;
        }
        return sum;
    }

    /** L'' S at one example, as an operator on vectors of shape (n_L). */
    private record Linearisation(
            Network network,
            Parameters theta,
            Backprop backprop,
            Backprop.Pass pass,
            double[] aim,
            Divergence divergence) {

        /** S v: v travels down to all populations, and their responses travel up to the output. */
        double[] response(double[] v) {
            double[][] moved = backprop.backward(theta, pass, v.clone());
            for (Population p : network.populations()) {
                double[] own = moved[p.index()];
                double[] slope = pass.slope()[p.index()];
                for (int i = 0; own != null && i < own.length; i++) {
                    own[i] *= divergence == Divergence.FENCHEL_YOUNG ? slope[i] : 1.0;
                }
                for (Projection e : network.into(p.index())) {
                    if (moved[e.pre()] != null) {
                        backprop.addMoved(e, theta.weights(e.index()), moved[e.pre()], slope, own);
                    }
                }
            }
            return new Ends(network).outputs(moved);
        }

        double norm() {
            double[] v = new double[network.outputSize()];
            for (int i = 0; i < v.length; i++) {
                v[i] = CounterRandom.normal(0, 0, i); // any generic vector
            }
            double largest = 0.0;
            for (int k = 0; k < POWER_ITERATIONS; k++) {
                double length = Math.sqrt(square(v));
                if (length == 0.0) {
                    return largest;
                }
                for (int i = 0; i < v.length; i++) {
                    v[i] /= length;
                }
                v = timesCurvature(response(v));
                largest = Math.max(largest, Math.sqrt(square(v)));
            }
            return largest;
        }

        /** L'' v. */
        double[] timesCurvature(double[] v) {
            Ends ends = new Ends(network);
            double[] out = new double[v.length];
            for (Population p : network.outputs()) {
                double[] own = ends.curvature(p, pass.x(), aim).times(ends.part(p, v));
                System.arraycopy(own, 0, out, network.firstRow(p.index()), own.length);
            }
            return out;
        }
    }
}
