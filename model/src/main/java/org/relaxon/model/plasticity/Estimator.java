package org.relaxon.model.plasticity;

import java.util.Locale;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settled;

/**
 * Which nudging strengths an estimate of the gradient is made of. The phases settle side by side,
 * as columns of one settling: B examples become B or 2 B columns.
 */
public enum Estimator {
    /** +beta; the error falls as beta. */
    ONE_SIDED(1, +1.0),
    /** -beta; the error falls as beta, with the opposite sign. */
    NEGATIVE(1, -1.0),
    /** Half of +beta and half of -beta; the error falls as beta squared. */
    CENTRED(2, +1.0, -1.0);

    private final int order;
    private final double[] signs;

    Estimator(int order, double... signs) {
        this.order = order;
        this.signs = signs;
    }

    /** The power of beta with which the error falls. */
    public int order() {
        return order;
    }

    /** Settled columns per example. */
    public int columnsPerExample() {
        return signs.length;
    }

    /**
     * The phase to settle: sign s of example c stands in column s B + c.
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param beta nudging strength, greater than 0 and finite
     */
    public Phase phase(Matrix input, Matrix target, double beta) {
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        double[] betas = new double[signs.length * input.columns()];
        for (int k = 0; k < betas.length; k++) {
            betas[k] = signs[k / input.columns()] * beta;
        }
        return Phase.nudged(input.tiled(signs.length), target.tiled(signs.length), betas);
    }

    /**
     * Share of each settled column in the sum over examples of the estimate. An example of which
     * any column has not settled is left out whole.
     */
    public double[] columnWeights(Settled settled) {
        int total = settled.columns().size();
        int examples = total / signs.length;
        requireSigns(settled, examples);
        double[] weights = new double[total];
        for (int c = 0; c < examples; c++) {
            boolean whole = true;
            for (int s = 0; s < signs.length; s++) {
                whole &= settled.columns().get(s * examples + c).settled();
            }
            for (int s = 0; s < signs.length; s++) {
                weights[s * examples + c] = whole ? 1.0 / signs.length : 0.0;
            }
        }
        return weights;
    }

    private void requireSigns(Settled settled, int examples) {
        int total = settled.columns().size();
        for (int k = 0; k < total; k++) {
            double beta = settled.equilibrium().phase().beta(k);
            boolean whole = examples * signs.length == total;
            if (!whole || !(beta * signs[Math.min(k / examples, signs.length - 1)] > 0)) {
                throw new IllegalArgumentException(
                        "%s: column %d of %d settled at beta %s, which is not a phase of this estimator"
                                .formatted(optionName(), k, total, beta));
            }
        }
    }

    /** The name in options. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
