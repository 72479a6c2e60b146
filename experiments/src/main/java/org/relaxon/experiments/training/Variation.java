package org.relaxon.experiments.training;

import org.relaxon.model.math.Matrix;

/**
 * The coefficient of determination R2 = 1 - sum (t - y)^2 / sum (t - mean t)^2, both sums over all
 * examples and outputs, the mean per output (Wright 1921). 1 is exact, 0 is as good as the means of
 * these targets, below 0 is worse. The sum around the mean is accumulated by Welford's update.
 */
final class Variation {
    private final double[] means;
    private double residual;
    private double total;
    private long examples;

    Variation(int outputs) {
        means = new double[outputs];
    }

    /** Adds one column, of finite numbers. */
    void add(Matrix output, Matrix target, int column) {
        examples++;
        for (int i = 0; i < means.length; i++) {
            double t = target.get(i, column);
            double miss = t - output.get(i, column);
            residual += miss * miss;
            double before = t - means[i];
            means[i] += before / examples;
            total += before * (t - means[i]);
        }
    }

    /** NaN if the targets do not vary. */
    double r2() {
        return total > 0 ? 1.0 - residual / total : Double.NaN;
    }
}
