package org.relaxon.experiments.reference;

import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/** Residual variables of activities, see {@link PopulationDivergence}. */
final class Residuals {
    private Residuals() {}

    /** Why there are no residual variables where {@link #of} finds none. */
    static String missing(Network network, double[][] state) {
        for (Population p : network.populations()) {
            for (double x : state[p.index()]) {
                if (p.role() != Population.Role.INPUT && !Elementwise.mayReach(p.activation(), x)) {
                    return "an activity is out of the range of its activation";
                }
            }
        }
        return "the drive at which an activation gives an activity was not found";
    }

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
