package org.relaxon.experiments.reference;

import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** Weighted sums of gradients. */
public final class Sums {
    private Sums() {}

    /**
     * Adds {@code factor} times one gradient to another of the same network.
     *
     * @param network whose shapes both have
     * @param one to be added
     * @param factor of {@code one}, finite
     * @param into changed in place
     */
    public static void add(Network network, Parameters one, double factor, Parameters into) {
        for (Projection e : network.projections()) {
            double[][] from = one.weights(e.index());
            for (int i = 0; i < from.length; i++) {
                add(from[i], factor, into.weights(e.index())[i]);
            }
        }
        for (Population p : network.populations()) {
            add(one.biases(p.index()), factor, into.biases(p.index()));
        }
    }

    private static void add(double[] from, double factor, double[] into) {
        for (int k = 0; k < from.length; k++) {
            into[k] += factor * from[k];
        }
    }
}
