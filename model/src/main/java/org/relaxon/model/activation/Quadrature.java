package org.relaxon.model.activation;

import org.relaxon.model.math.Elementary;

/** Composite five-point Gauss-Legendre quadrature (Abramowitz and Stegun 1964, table 25.4). */
final class Quadrature {
    private static final double PANEL = 0.125;
    private static final double PANELS_MAX = 1e6;
    private static final double[] NODE = {0.0, 0.5384693101056831, 0.9061798459386640};
    private static final double[] WEIGHT = {
        0.5688888888888889, 0.4786286704993665, 0.2369268850561891
    };

    private Quadrature() {}

    /** The integral of f from 0 to a; NaN if a is too large to integrate in panels. */
    static double integral(Activation f, double a, Elementary math) {
        double count = Math.ceil(Math.abs(a) / PANEL);
        if (!(count <= PANELS_MAX)) {
            return Double.NaN;
        }
        double half = count == 0 ? 0.0 : 0.5 * a / count;
        double sum = 0.0;
        for (int k = 0; k < count; k++) {
            double middle = (2 * k + 1) * half;
            sum += WEIGHT[0] * f.value(middle, math);
            for (int j = 1; j < NODE.length; j++) {
                double left = f.value(middle - half * NODE[j], math);
                sum += WEIGHT[j] * (left + f.value(middle + half * NODE[j], math));
            }
        }
        return half * sum;
    }
}
