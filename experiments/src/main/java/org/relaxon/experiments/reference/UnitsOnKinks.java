package org.relaxon.experiments.reference;

import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * Units on kinks of their activation in a state whose second derivatives are judged.
 *
 * @param bearing whether there are any that bear an error
 * @param oneSided whether the curvature used is that of one side
 * @param falls why the energy falls to one side of one; empty if it falls at none
 */
record UnitsOnKinks(boolean bearing, boolean oneSided, String falls) {
    /** Largest distance of a unit's input from a kink that counts as on it. */
    static final double AT_KINK = 1e-9;

    /** Curvature that holds a unit on its kink. */
    private static final double HELD = 1e6;

    /**
     * Stiffens units that an error holds on a kink, and uses at most the curvature of each side for
     * the others.
     *
     * @param at point whose second derivatives are changed
     * @param state activities by population, the input's included
     * @param v residuals by population
     * @param tolerance error below which a unit counts as bearing none
     */
    static UnitsOnKinks hold(
            LayeredEnergy energy,
            LayeredEnergy.Point at,
            double[][] state,
            double[][] v,
            double tolerance) {
        Network network = energy.network();
        Divergence divergence = energy.divergence();
        boolean bearing = false;
        boolean oneSided = false;
        String falls = "";
        for (Population p : network.populations()) {
            Activation f = p.activation();
            if (p.role() == Population.Role.INPUT || f.smooth()) {
                continue;
            }
            double[] a = Backprop.of(network).drive(energy.theta(), p, state);
            double[] aa = at.parts()[p.index()].aa();
            for (int i = 0; i < a.length; i++) {
                double error = v[p.index()][i];
                if (divergence != Divergence.SQUARED_DISTANCE) {
                    oneSided |= bound(f, at.parts()[p.index()], i, a[i], a[i] + error);
                    continue;
                }
                if (!isAtKink(f, a[i])) {
                    continue;
                }
                double left = Elementwise.slope(f, a[i] - AT_KINK);
                double right = Elementwise.slope(f, a[i] + AT_KINK);
                if (Math.abs(error) > tolerance) {
                    bearing = true;
                    if (error * (right - left) < 0.0) {
                        aa[i] = HELD;
                    } else if (isExactlyAtKink(f, a[i]) && isMoved(energy, p, i)) {
                        falls =
                                "the energy falls to one side of the kink on which %s[%d] stands"
                                        .formatted(p.name(), i);
                    }
                }
            }
        }
        return new UnitsOnKinks(bearing, oneSided, falls);
    }

    /**
     * Curvature of a Fenchel-Young divergence where f(b) = x is at an end of the range of f or a is
     * on a kink: at most that of each side; true if the sides differ.
     */
    private static boolean bound(
            Activation f, PopulationDivergence part, int i, double a, double b) {
        double steepest =
                Math.max(Elementwise.slope(f, b - AT_KINK), Elementwise.slope(f, b + AT_KINK));
        boolean atEnd = isAtKink(f, b) || steepest == 0.0;
        if (atEnd) {
            part.xx()[i] = part.precision() / (steepest == 0.0 ? 1.0 : steepest);
        }
        if (isAtKink(f, a)) {
            double left = Elementwise.slope(f, a - AT_KINK);
            part.aa()[i] = part.precision() * Math.min(left, Elementwise.slope(f, a + AT_KINK));
        }
        return isAtKink(f, a) || atEnd;
    }

    private static boolean isExactlyAtKink(Activation f, double a) {
        int piece = f.piece(a);
        return a == f.kink(piece - 1) || a == f.kink(piece);
    }

    private static boolean isMoved(LayeredEnergy energy, Population p, int neuron) {
        for (double w : energy.driveByFree(p.index(), neuron, energy.offsets())) {
            if (w != 0.0) {
                return true;
            }
        }
        return false;
    }

    static boolean isAtKink(Activation f, double a) {
        return !f.smooth() && f.piece(a - AT_KINK) != f.piece(a + AT_KINK);
    }
}
