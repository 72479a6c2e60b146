package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/** One cell's share of a sum of Fenchel-Young divergences, G(x) + G*(a) - x a per neuron. */
final class FenchelYoungEnergy {
    private FenchelYoungEnergy() {}

    /**
     * G(x) + G*(a) - x a per neuron; with x = f(h) this is x (h - a) minus the integral of f from a
     * to h. NaN for an output that is held, unless it is linear.
     */
    static void add(CellState s, double[] energy) {
        for (int k = 0; k < s.error().length; k++) {
            energy[k % energy.length] +=
                    s.activation() == StandardActivation.LINEAR
                            ? 0.5 * s.error()[k] * s.error()[k]
                            : divergence(s, k);
        }
    }

    private static double divergence(CellState s, int k) {
        double a = s.drive()[k];
        double shift = shift(s, k);
        double covered = s.activation().integral(a + shift, s.math());
        return s.activity()[k] * shift - (covered - s.activation().integral(a, s.math()));
    }

    /** h - a of a neuron at rest, whose feedback may carry a curvature in a second plane. */
    private static double shift(CellState s, int k) {
        if (s.isHeld(k)) {
            return Double.NaN; // x is not f(h) of any h that is known
        }
        double beta = s.beta()[k % s.columns()];
        if (s.isOutput()) {
            boolean nudged = s.output() == Phase.Output.NUDGED;
            double pull = beta == 0.0 ? 0.0 : beta * (s.target()[k] - s.activity()[k]);
            return nudged ? pull : Double.NaN;
        }
        if (s.feedback().length == s.error().length) {
            return s.feedback()[k];
        }
        return s.pulled(k) - s.curvature(k) * s.activity()[k];
    }
}
