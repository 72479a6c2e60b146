package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.state.CellState;

/**
 * One cell's share of the Hopfield energy, G(s) - s a per neuron. At s = f(h) the term G(s) is h s
 * minus the integral of f from 0 to h, which stays exact at saturation.
 */
final class HopfieldEnergy {
    private HopfieldEnergy() {}

    /** Adds the share of every column; NaN where G at the held output is not known. */
    static void add(CellState s, double[] energy) {
        CellState free = s.differences() ? s.anchor() : null;
        for (int k = 0; k < s.activity().length; k++) {
            int c = k % s.columns();
            double a = s.drive()[k] + (free == null ? 0.0 : free.drive()[k]);
            double x = s.activity()[k] + (free == null ? 0.0 : free.activity()[k]);
            double back = s.feedback()[k] + (free == null ? 0.0 : free.feedback()[k]);
            double scale = StrictMath.pow(s.gamma(c), -s.height());
            energy[c] += scale * (ofUnit(s, k, c, a, x, back) - x * a);
        }
    }

    private static double ofUnit(CellState s, int k, int c, double a, double x, double back) {
        if (s.isHeld(k)) {
            return s.activation() == StandardActivation.LINEAR ? 0.5 * x * x : Double.NaN;
        }
        if (!s.isOutput()) {
            return conjugate(s, x, a + s.gamma(c) * back);
        }
        if (s.activation() == StandardActivation.LINEAR) {
            return 0.5 * x * x;
        }
        double h = back == 0.0 ? a : a + s.gamma(c) * back;
        if (s.beta()[c] == 0.0) {
            return conjugate(s, x, h);
        }
        return s.output() == Phase.Output.NUDGED
                ? conjugate(s, x, h - s.beta()[c] * (x - s.target()[k]))
                : Double.NaN;
    }

    private static double conjugate(CellState s, double x, double h) {
        return h * x - s.activation().integral(h, s.math());
    }
}
