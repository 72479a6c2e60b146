package org.relaxon.experiments.certificate;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Spectral radius of a nonnegative matrix that is known only by its products.
 *
 * <p>For every positive v, rho(A) is at most max (A v)_i / v_i (Collatz 1942, Wielandt 1950), so
 * the result is never too small except for round-off: stopping early is safe. The iteration uses A
 * + s, whose dominant eigenvalue rho + s is the only one on its circle even if A is periodic, as
 * layered graphs make it; s is about rho, so that slow and fast maps converge alike.
 */
final class SpectralRadius {
    private static final int ITERATIONS_MAX = 20_000;
    private static final double RELATIVE = 1e-9;
    private static final int REVIEW = 40;
    private static final double LEAST = 1e-200; // keeps v positive where nothing arrives

    private SpectralRadius() {}

    /**
     * Iterates until, over the last 40 steps, the bound did not fall by 1e-9 of itself and agrees
     * to that accuracy with the mean of (A v)_i / v_i weighted by v, or 20000 times.
     *
     * @param product v to A v, both of shape (n), A >= 0 elementwise; must not keep its argument
     * @param n size
     * @param longestPath if A^longestPath maps ones to zero, A is nilpotent and 0 is returned
     *     exactly
     * @return rho(A) or a bound from above; NaN if a product is not finite
     */
    static double ofNonnegative(UnaryOperator<double[]> product, int n, int longestPath) {
        double shift = growth(product, n, longestPath);
        if (!(shift > 0.0 && shift < Double.POSITIVE_INFINITY)) {
            return shift == 0.0 ? 0.0 : Double.NaN;
        }
        double[] v = new double[n];
        Arrays.fill(v, 1.0);
        double least = Double.POSITIVE_INFINITY;
        double before = least;
        for (int k = 1; k <= ITERATIONS_MAX; k++) {
            double[] w = product.apply(v.clone());
            double bound = 0.0;
            double mass = 0.0;
            double moved = 0.0;
            for (int i = 0; i < n; i++) {
                bound = larger(bound, w[i] / v[i]);
                mass += v[i];
                moved += w[i];
                v[i] = w[i] + shift * v[i];
            }
            least = Math.min(least, bound);
            double mean = moved / mass;
            if (Double.isNaN(least)) {
                return Double.NaN;
            }
            if (k % REVIEW == 0) {
                // the mean alone would miss small components that close the loop
                boolean still = !(least < (1.0 - RELATIVE) * before);
                if (still && !(bound - mean > RELATIVE * bound)) {
                    return least;
                }
                before = least;
                shift = Math.max(mean, RELATIVE * bound);
            }
            normalise(v);
        }
        return least;
    }

    /** Mean growth of the products with ones: 0 for a nilpotent A. */
    private static double growth(UnaryOperator<double[]> product, int n, int longestPath) {
        double[] v = new double[n];
        Arrays.fill(v, 1.0);
        double log = 0.0;
        int steps = 4 * longestPath;
        for (int k = 0; k < steps; k++) {
            v = product.apply(v);
            double largest = 0.0;
            for (double value : v) {
                largest = larger(largest, value);
            }
            if (!(largest > 0.0 && largest < Double.POSITIVE_INFINITY)) {
                return largest == 0.0 ? 0.0 : Double.NaN;
            }
            for (int i = 0; i < n; i++) {
                v[i] /= largest;
            }
            log += k >= longestPath ? Math.log(largest) : 0.0;
        }
        return Math.exp(log / (steps - longestPath));
    }

    private static void normalise(double[] v) {
        double largest = 0.0;
        for (double value : v) {
            largest = larger(largest, value);
        }
        for (int i = 0; i < v.length; i++) {
            v[i] = larger(LEAST, v[i] / largest);
        }
    }

    /**
     * The larger, NaN if either is. Not Math.max: the compiler of JDK 17 aborts the process on its
     * vector form in these loops.
     */
    private static double larger(double a, double b) {
        return a >= b || Double.isNaN(a) ? a : b;
    }
}
