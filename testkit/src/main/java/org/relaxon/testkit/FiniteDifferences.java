package org.relaxon.testkit;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * Derivatives by central differences, extrapolated once (Richardson): (4 d(h/2) - d(h)) / 3 with
 * d(h) = (f(x + h) - f(x - h)) / 2h. The error is of order h^4, plus rounding of about 1e-16 / h.
 */
public final class FiniteDifferences {
    private FiniteDifferences() {}

    /**
     * {@return f'(x)}
     *
     * @param f function of one number
     * @param x where
     * @param h largest step
     */
    public static double derivative(DoubleUnaryOperator f, double x, double h) {
        return (4 * central(f, x, h / 2) - central(f, x, h)) / 3;
    }

    private static double central(DoubleUnaryOperator f, double x, double h) {
        return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
    }

    /**
     * {@return the derivative of a scalar with respect to every weight and bias}
     *
     * @param network network that the parameters belong to
     * @param where parameters at which to differentiate; they are not changed
     * @param scalar reads all parameters
     * @param h largest step
     */
    public static Parameters gradient(
            Network network, Parameters where, ToDoubleFunction<Parameters> scalar, double h) {
        Parameters theta = where.copy();
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            double[][] w = theta.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                differ(theta, scalar, w[i], out.weights(e.index())[i], h);
            }
        }
        for (Population p : network.populations()) {
            differ(theta, scalar, theta.biases(p.index()), out.biases(p.index()), h);
        }
        return out;
    }

    private static void differ(
            Parameters theta,
            ToDoubleFunction<Parameters> scalar,
            double[] values,
            double[] into,
            double h) {
        for (int k = 0; k < values.length; k++) {
            int index = k;
            double kept = values[k];
            into[k] =
                    derivative(
                            value -> {
                                values[index] = value;
                                return scalar.applyAsDouble(theta);
                            },
                            kept,
                            h);
            values[k] = kept;
        }
    }
}
