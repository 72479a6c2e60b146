package org.relaxon.experiments.reference;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The rounding of the activities of one example's forward pass, so that a solver can recognise a
 * difference of two of them as rounding: a network that fits its target differs from it only by
 * rounding.
 *
 * <p>An activity has an error of about {@link #UNIT} times its size here. With s for size, s(a)^2 =
 * b^2 + sum (w x)^2 + sum w^2 s(x)^2 and s(x)^2 = f'(a)^2 s(a)^2 + x^2: independent roundings add
 * as squares (Higham and Mary 2019), those of lower populations propagate through the weights.
 */
final class ForwardRounding {
    /** Half an ulp of 1. */
    static final double UNIT = 0x1p-53;

    private final Network network;
    private final Parameters theta;
    private final double[][] size;

    ForwardRounding(Network network, Parameters theta) {
        this.network = network;
        this.theta = theta;
        this.size = new double[network.populations().size()][];
        for (Population p : network.inputs()) {
            size[p.index()] = new double[p.size()]; // given without rounding
        }
    }

    /** The next population in topological order, whose activities are known. */
    void add(Population p, double[][] x, double[] drive) {
        int k = p.index();
        double[] b = theta.biases(k);
        double[] own = new double[drive.length];
        for (int i = 0; i < own.length; i++) {
            double square = b[i] * b[i];
            for (Projection e : network.into(k)) {
                double[] w = theta.weights(e.index())[i];
                for (int j = 0; j < w.length; j++) {
                    square += square(w[j] * x[e.pre()][j]) + square(w[j] * size[e.pre()][j]);
                }
            }
            double slope = Elementwise.slope(p.activation(), drive[i]);
            own[i] = Math.sqrt(slope * slope * square + x[k][i] * x[k][i]);
        }
        size[k] = own;
    }

    /** Sizes of T - f(a) at a population that is held at T. */
    double[] ofHeld(int population, double[] target) {
        double[] out = size[population].clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += Math.abs(target[i]);
        }
        return out;
    }

    /** Sizes of dL/dx at an output with its own activity and target. */
    double[] ofOutputError(int output, double[] x, double[] target) {
        double[] own = size[output];
        return new OutputLoss(network.loss()).termsOfGradient(x, target, own);
    }

    private static double square(double v) {
        return v * v;
    }
}
