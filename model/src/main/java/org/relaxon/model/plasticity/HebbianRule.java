package org.relaxon.model.plasticity;

import java.util.Arrays;
import org.relaxon.model.state.CellState;

/**
 * The contrast of every Hopfield-type energy, dW = -(1/beta) [s s_pre^T at the nudged minus at the
 * free equilibrium], times gamma^-height with a feedback gain gamma: the product of the activities
 * at the two ends of the synapse in each phase (Hinton 1989; Xie and Seung 2003; Scellier and
 * Bengio 2017). The free product drops out where the nudging strengths of an estimate cancel.
 *
 * <p>In a phase of differences d from the free state it is -(1/beta) [d s0_pre^T + (s0 + d)
 * d_pre^T], which has nothing to subtract. With complex strengths it is the real part, without
 * conjugation.
 */
public final class HebbianRule implements LocalRule {
    /** The rule has no state, so one instance serves all cells. */
    public static final HebbianRule INSTANCE = new HebbianRule();

    /**
     * Coefficients that cancel to this share of their size contrast with nothing in the free state.
     */
    private static final double CANCELLED = 1e-9;

    private HebbianRule() {}

    @Override
    public void postsynaptic(CellState s, double[] columnWeights, double[] factor) {
        int columns = s.columns();
        int planes = factor.length / (s.neurons() * columns);
        for (int c = 0; c < columns; c++) {
            double re = real(s, columnWeights, c);
            double im = imaginary(s, columnWeights, c);
            for (int i = 0; i < s.neurons(); i++) {
                int k = i * planes * columns + c;
                double x = s.activity()[k];
                if (s.differences()) {
                    factor[k] = re == 0.0 ? 0.0 : re * (s.anchor().activity()[k] + x);
                } else if (planes == 1) {
                    factor[k] = re == 0.0 ? 0.0 : re * x;
                } else {
                    double y = s.activity()[k + columns];
                    boolean none = columnWeights[c] == 0.0;
                    factor[k] = none ? 0.0 : re * x - im * y;
                    factor[k + columns] = none ? 0.0 : -(re * y + im * x);
                }
            }
        }
    }

    @Override
    public boolean anchored(CellState s, double[] columnWeights, double[] factor) {
        int columns = s.columns();
        int width = factor.length / s.neurons();
        int planes = s.activity().length / (s.neurons() * columns);
        int free = width / planes; // columns of the free state
        Arrays.fill(factor, 0.0);
        double left = 0.0;
        double size = 0.0;
        for (int first = 0; first < free; first++) {
            double sum = 0.0;
            for (int c = first; c < columns; c += free) {
                double weight = real(s, columnWeights, c);
                sum += weight;
                size = Math.max(size, Math.abs(weight));
                for (int i = 0; s.differences() && i < s.neurons(); i++) {
                    double d = s.activity()[i * columns + c];
                    factor[i * width + first] += weight == 0.0 ? 0.0 : weight * d;
                }
            }
            left = Math.max(left, Math.abs(sum));
            for (int i = 0; !s.differences() && i < s.neurons(); i++) {
                double s0 = s.anchor().activity()[i * planes * columns + first];
                factor[i * width + first] = sum == 0.0 ? 0.0 : -sum * s0;
            }
        }
        return s.differences() || left > CANCELLED * size;
    }

    @Override
    public boolean isContrast() {
        return true;
    }

    /** Real part of -share gamma^-height / beta. */
    private static double real(CellState s, double[] columnWeights, int c) {
        return scale(s, columnWeights, c) * s.strength(c);
    }

    private static double imaginary(CellState s, double[] columnWeights, int c) {
        return -scale(s, columnWeights, c) * s.betaImaginary(c);
    }

    private static double scale(CellState s, double[] columnWeights, int c) {
        if (columnWeights[c] == 0.0) {
            return 0.0;
        }
        double p = s.strength(c);
        double q = s.betaImaginary(c);
        double square = p * p + q * q;
        if (square == 0.0) {
            throw new IllegalArgumentException(
                    "column %d settled with beta 0; this rule's update needs a nudged column"
                            .formatted(c));
        }
        return -columnWeights[c] * StrictMath.pow(s.gamma(c), -s.height()) / square;
    }
}
