package org.relaxon.experiments.reference;

import java.util.function.ToDoubleFunction;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Derivative of a scalar by all parameters: central differences, extrapolated once (Richardson).
 */
final class Derivative {
    private final ToDoubleFunction<Parameters> scalar;
    private final double h;

    Derivative(ToDoubleFunction<Parameters> scalar, double h) {
        this.scalar = scalar;
        this.h = h;
    }

    Parameters at(Network network, Parameters where) {
        Parameters theta = where.copy();
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                differ(theta, w[i], out.weights(e.index())[i]);
            }
        }
        for (Population p : network.populations()) {
            differ(theta, theta.biases(p.index()), out.biases(p.index()));
        }
        return out;
    }

    private void differ(Parameters theta, double[] values, double[] into) {
        for (int k = 0; k < values.length; k++) {
            double wide = central(theta, values, k, h);
            into[k] = (4 * central(theta, values, k, h / 2) - wide) / 3;
        }
    }

    private double central(Parameters theta, double[] values, int k, double step) {
        double kept = values[k];
        values[k] = kept + step;
        double above = scalar.applyAsDouble(theta);
        values[k] = kept - step;
        double below = scalar.applyAsDouble(theta);
        values[k] = kept;
        return (above - below) / (2 * step);
    }
}
