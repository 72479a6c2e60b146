package org.relaxon.experiments.reference;

import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/** Residual variables of activities, see {@link PopulationDivergence}. */
final class Residuals {
    private Residuals() {}

    /** x = f(a) + v, or x = f(a + v); null if there is no such v. */
    static double[][] of(
            Network network, Parameters theta, double[][] state, Divergence divergence) {
        Backprop forward = Backprop.of(network);
        double[][] v = new double[state.length][];
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                continue;
            }
            double[] a = forward.drive(theta, p, state);
            double[] own = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                double d = state[p.index()][i] - Elementwise.value(p.activation(), a[i]);
                own[i] =
                        divergence == Divergence.SQUARED_DISTANCE
                                ? d
                                : Elementwise.stepOfDrive(p.activation(), a[i], d);
                if (Double.isNaN(own[i])) {
                    return null;
                }
            }
            v[p.index()] = own;
        }
        return v;
    }
}
