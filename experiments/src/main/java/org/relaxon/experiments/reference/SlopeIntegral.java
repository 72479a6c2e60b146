package org.relaxon.experiments.reference;

import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.activation.Activation;

/**
 * Integrals of f' over a step h, by Gauss and Legendre's rule with eight points in panels of at
 * most 1/4: for the smooth standard activations, whose poles are at least pi/2 away, the result is
 * accurate to round-off, and because f' is not negative nothing cancels at any h.
 *
 * @param increment f(a + h) - f(a), the integral of f'(a + s)
 * @param work integral of s f'(a + s), which is the Fenchel-Young divergence G(x) + G*(a) - x a at
 *     x = f(a + h), where (G*)' = f (Blondel, Martins and Niculae 2020; by partial integration)
 */
record SlopeIntegral(double increment, double work) {
    private static final double PANEL = 0.25;

    /** Cost of one panel, in products. */
    private static final long PRODUCTS = 100;

    private static final double[] NODES = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
    };

    private static final double[] WEIGHTS = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
    };

    /** Integrates from 0 to h. */
    static SlopeIntegral of(Activation f, double a, double h) {
        if (!Double.isFinite(a) || !Double.isFinite(h)) {
            return new SlopeIntegral(Double.NaN, Double.NaN);
        }
        int panels = Math.max(1, (int) Math.ceil(Math.abs(h) / PANEL));
        Effort.spend(PRODUCTS * panels); // where sweeps diverge, h may be any number
        double half = 0.5 * h / panels;
        double increment = 0.0;
        double work = 0.0;
        for (int p = 0; p < panels; p++) {
            double middle = (2 * p + 1) * half;
            for (int k = 0; k < NODES.length; k++) {
                double right = middle + half * NODES[k];
                double left = middle - half * NODES[k];
                double above = half * WEIGHTS[k] * Elementwise.slope(f, a + right);
                double below = half * WEIGHTS[k] * Elementwise.slope(f, a + left);
                increment += above + below;
                work += right * above + left * below;
            }
        }
        return new SlopeIntegral(increment, work);
    }
}
