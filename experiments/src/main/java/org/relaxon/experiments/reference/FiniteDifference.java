package org.relaxon.experiments.reference;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The gradient of a scalar from its values alone, one parameter at a time: central differences at
 * steps h and h/2, combined so that the term in h^2 falls out (Richardson 1911), D = (4 D(h/2) -
 * D(h)) / 3.
 *
 * <p>With h = 2^-9 what is left of the truncation is h^4/480 times the fifth derivative, about
 * 3e-14 of it, and round-off is about 1e3 eps times the value, 2e-13 of it: where value and
 * derivatives are of order one expect an absolute error of 1e-12 to 1e-11 per parameter. A scalar
 * that is itself only good to a relative error r gives an error of about 1e3 r.
 */
public final class FiniteDifference {
    /** The most parameters that are differentiated one at a time. */
    public static final int PARAMETERS_MAX = 5000;

    /** A power of two, so that theta + h and theta - h are mostly exact. */
    private static final double STEP = 0x1p-9;

    private FiniteDifference() {}

    /**
     * Differentiates with respect to every weight and bias.
     *
     * @param network whose shapes {@code theta} has
     * @param theta where; not written to
     * @param energy asked four times per parameter
     * @return dE/dtheta
     * @throws IllegalArgumentException if the network has more than {@value #PARAMETERS_MAX}
     *     parameters
     */
    public static Parameters gradient(Network network, Parameters theta, MinimumEnergy energy) {
        long count = count(network);
        if (count > PARAMETERS_MAX) {
            throw new IllegalArgumentException(
                    "finite differences: the network has %d parameters, the limit is %d"
                            .formatted(count, PARAMETERS_MAX));
        }
        Parameters moved = theta.copy();
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            double[][] w = moved.weights(e.index());
            for (int i = 0; i < w.length; i++) {
                differ(moved, w[i], out.weights(e.index())[i], energy);
            }
        }
        for (Population p : network.populations()) {
            differ(moved, moved.biases(p.index()), out.biases(p.index()), energy);
        }
        return out;
    }

    private static long count(Network network) {
        long count = 0;
        for (Projection e : network.projections()) {
            count +=
                    (long) network.population(e.pre()).size() * network.population(e.post()).size();
        }
        for (Population p : network.populations()) {
            count += p.role() == Population.Role.INPUT ? 0 : p.size();
        }
        return count;
    }

    private static void differ(
            Parameters moved, double[] values, double[] into, MinimumEnergy energy) {
        for (int k = 0; k < values.length; k++) {
            double kept = values[k];
            double coarse = central(moved, values, k, STEP, energy);
            double fine = central(moved, values, k, STEP / 2, energy);
            values[k] = kept;
            into[k] = (4 * fine - coarse) / 3;
        }
    }

    /** Leaves {@code values[k]} as it was. */
    private static double central(
            Parameters moved, double[] values, int k, double h, MinimumEnergy energy) {
        double kept = values[k];
        double right = kept + h;
        double left = kept - h;
        values[k] = right;
        double above = energy.difference(moved);
        values[k] = left;
        double below = energy.difference(moved);
        values[k] = kept;
        return (above - below) / (right - left); // the steps that were really taken
    }
}
