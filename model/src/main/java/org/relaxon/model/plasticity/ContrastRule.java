package org.relaxon.model.plasticity;

import java.util.Arrays;
import org.relaxon.model.state.CellState;

/**
 * The contrast of any energy whose derivative with respect to a weight is -v x_pre, with v the
 * value that the postsynaptic cell sends back: dW = -(1/beta) [v x_pre^T at the nudged minus at the
 * free equilibrium] (Scellier and Bengio 2017). Real activities, gain 1.
 */
public final class ContrastRule implements LocalRule {
    /** The rule has no state, so one instance serves all cells. */
    public static final ContrastRule INSTANCE = new ContrastRule();

    private ContrastRule() {}

    @Override
    public void postsynaptic(CellState s, double[] columnWeights, double[] factor) {
        DeltaRule.INSTANCE.postsynaptic(s, columnWeights, factor);
    }

    @Override
    public boolean anchored(CellState s, double[] columnWeights, double[] factor) {
        int columns = s.columns();
        int free = factor.length / s.neurons(); // columns of the free state
        Arrays.fill(factor, 0.0);
        for (int c = 0; c < columns; c++) {
            if (columnWeights[c] == 0.0) {
                continue;
            }
            double scale = columnWeights[c] / s.strength(c);
            for (int i = 0; i < s.neurons(); i++) {
                factor[i * free + c % free] += scale * s.anchor().backward()[i * free + c % free];
            }
        }
        return true;
    }
}
