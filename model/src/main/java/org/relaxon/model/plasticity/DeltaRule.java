package org.relaxon.model.plasticity;

import org.relaxon.model.state.CellState;

/**
 * The update of every layered divergence in error form: dW = -(1/beta) v x_pre^T, where v is the
 * value that the postsynaptic cell sends back (f'(a) o e for predictive coding, e for
 * Fenchel-Young). As beta goes to 0 it approaches dLoss/dW with a relative error of order beta
 * (Millidge et al., arXiv 2206.02629).
 */
public final class DeltaRule implements LocalRule {
    /** The rule has no state, so one instance serves all cells. */
    public static final DeltaRule INSTANCE = new DeltaRule();

    private DeltaRule() {}

    @Override
    public void postsynaptic(CellState state, double[] columnWeights, double[] factor) {
        int columns = state.columns();
        if (factor.length != state.neurons() * columns) {
            throw new IllegalArgumentException("the delta rule is defined for one plane");
        }
        double[] scale = new double[columns];
        for (int c = 0; c < columns; c++) {
            double beta = state.strength(c);
            if (columnWeights[c] != 0.0 && beta == 0.0) {
                throw new IllegalArgumentException(
                        "column %d settled with beta 0; this rule's update needs a nudged column"
                                .formatted(c));
            }
            scale[c] = columnWeights[c] == 0.0 ? 0.0 : -columnWeights[c] / beta;
        }
        double[] v = state.backward();
        for (int i = 0, k = 0; i < state.neurons(); i++) {
            for (int c = 0; c < columns; c++, k++) {
                factor[k] = scale[c] == 0.0 ? 0.0 : scale[c] * v[k];
            }
        }
    }
}
