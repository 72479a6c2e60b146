package org.relaxon.experiments.reference;

import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.Activation;

/**
 * The divergence D(x, a) of one population's activity x from the prediction of its input a, with
 * first and second derivatives, at a residual variable v that is small where the population is
 * nearly free, so that nothing cancels:
 *
 * <ul>
 *   <li>half the squared distance, D = P/2 |x - f(a)|^2: v = x - f(a);
 *   <li>Fenchel-Young, D = P (G(x) + G*(a) - x a) with (G*)' = f: x = f(a + v).
 * </ul>
 *
 * In both, dD/dx = P v.
 *
 * @param x activities, shape (n), as all arrays
 * @param precision P, positive
 * @param value D, summed over neurons
 * @param byDrive dD/da
 * @param xx second derivative, d2D/dx2
 * @param xa d2D/dx da
 * @param aa d2D/da2
 */
record PopulationDivergence(
        double[] x,
        double precision,
        double value,
        double[] byDrive,
        double[] xx,
        double[] xa,
        double[] aa) {

    static PopulationDivergence of(
            Divergence divergence, Activation f, double precision, double[] a, double[] v) {
        return divergence == Divergence.SQUARED_DISTANCE
                ? squared(f, precision, a, v)
                : fenchelYoung(f, precision, a, v);
    }

    private static PopulationDivergence squared(
            Activation f, double precision, double[] a, double[] e) {
        int n = a.length;
        PopulationDivergence out = empty(n, precision, 0.0);
        double value = 0.0;
        for (int i = 0; i < n; i++) {
            double slope = Elementwise.slope(f, a[i]);
            out.x[i] = Elementwise.value(f, a[i]) + e[i];
            out.byDrive[i] = -precision * slope * e[i];
            out.xx[i] = precision;
            out.xa[i] = -precision * slope;
            out.aa[i] = precision * (slope * slope - e[i] * Elementwise.curvature(f, a[i]));
            value += 0.5 * precision * e[i] * e[i];
        }
        return out.withValue(value);
    }

    private static PopulationDivergence fenchelYoung(
            Activation f, double precision, double[] a, double[] h) {
        int n = a.length;
        PopulationDivergence out = empty(n, precision, 0.0);
        double value = 0.0;
        for (int i = 0; i < n; i++) {
            SlopeIntegral step = SlopeIntegral.of(f, a[i], h[i]);
            out.x[i] = Elementwise.value(f, a[i] + h[i]);
            out.byDrive[i] = -precision * step.increment();
            out.xx[i] = precision / Elementwise.slope(f, a[i] + h[i]);
            out.xa[i] = -precision;
            out.aa[i] = precision * Elementwise.slope(f, a[i]);
            value += precision * step.work();
        }
        return out.withValue(value);
    }

    /**
     * The same with d2D/da2 raised until the second derivatives of every neuron are positive
     * semidefinite; for the squared distance that is Gauss and Newton's matrix or more.
     */
    PopulationDivergence convex() {
        double[] raised = aa.clone();
        for (int i = 0; i < raised.length; i++) {
            raised[i] = Math.max(aa[i], xa[i] * xa[i] / xx[i]);
        }
        return new PopulationDivergence(x, precision, value, byDrive, xx, xa, raised);
    }

    /** The first-order change of v when x and a change by dx and da. */
    double residualStep(int i, double dx, double da) {
        return (xx[i] * dx + xa[i] * da) / precision;
    }

    private PopulationDivergence withValue(double sum) {
        return new PopulationDivergence(x, precision, sum, byDrive, xx, xa, aa);
    }

    private static PopulationDivergence empty(int n, double precision, double value) {
        return new PopulationDivergence(
                new double[n],
                precision,
                value,
                new double[n],
                new double[n],
                new double[n],
                new double[n]);
    }
}
