package org.relaxon.model.rule;

import java.util.function.DoubleFunction;

/** Derivatives of several numbers with respect to one, for {@link RuleContract}. */
final class CentralDifferences {
    static final double STEP = 1e-4;

    /**
     * Largest disagreement of two differences with different steps, where there is no kink between
     * them.
     */
    private static final double AGREEMENT = 1e-5;

    private CentralDifferences() {}

    /** NaN at a kink or where something is not a number. */
    static double[] smooth(DoubleFunction<double[]> function) {
        double[] out = of(function, STEP);
        double[] check = of(function, 0.1 * STEP);
        for (int k = 0; k < out.length; k++) {
            double size = Math.max(1.0, Math.abs(out[k]));
            out[k] = Math.abs(out[k] - check[k]) <= AGREEMENT * size ? out[k] : Double.NaN;
        }
        return out;
    }

    static double[] of(DoubleFunction<double[]> function, double step) {
        double[] up = function.apply(step);
        double[] down = function.apply(-step);
        double[] out = new double[up.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = (up[k] - down[k]) / (2.0 * step);
        }
        return out;
    }

    /** All numbers moved. */
    static double[] moved(double[] from, double by) {
        double[] out = from.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] += by;
        }
        return out;
    }
}
