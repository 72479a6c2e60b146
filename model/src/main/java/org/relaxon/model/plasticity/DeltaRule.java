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
        scale(state.backward(), scale, factor);
    }

    /** Row by row; a column with the scale 0 is left out, whatever its values. */
    private static void scale(double[] v, double[] scale, double[] factor) {
        double[] row = new double[scale.length];
        for (int at = 0; at < v.length; at += row.length) {
            System.arraycopy(v, at, row, 0, row.length); // vectors need equal indices
            for (int c = 0; c < row.length; c++) {
                row[c] *= scale[c];
            }
            System.arraycopy(row, 0, factor, at, row.length);
        }
        for (int c = 0; c < scale.length; c++) {
            for (int k = c; scale[c] == 0.0 && k < factor.length; k += scale.length) {
                factor[k] = 0.0;
            }
        }
    }
}
