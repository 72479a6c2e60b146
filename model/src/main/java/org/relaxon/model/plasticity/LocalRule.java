package org.relaxon.model.plasticity;

import org.relaxon.model.state.CellState;

/**
 * How a synapse changes, using only local values: a value at its postsynaptic neuron and the
 * recorded activity of its presynaptic neuron.
 *
 * <p>The change is stated as a gradient (same sign as dLoss/dW, so a learner subtracts it): for one
 * synapse, the sum over columns of {@code factor[post, c] * activity[pre, c]}; for a bias, of
 * {@code factor[post, c]}.
 */
public interface LocalRule {
    /**
     * Writes the postsynaptic factor.
     *
     * @param state the cell at equilibrium
     * @param columnWeights share of each column in the estimate, length B; 0 leaves a column out
     * @param factor result, flat (n, activity planes x B)
     */
    void postsynaptic(CellState state, double[] columnWeights, double[] factor);

    /**
     * Writes the factor of the presynaptic activity that was recorded in the state that the phase
     * started from, if the rule contrasts with it.
     *
     * @param state state of the cell in this phase
     * @param columnWeights share of every column in the estimate, length B
     * @param factor result, flat (n, activity planes x columns of that state)
     * @return false if there is no such term
     */
    default boolean anchored(CellState state, double[] columnWeights, double[] factor) {
        return false;
    }

    /**
     * {@return whether the update is a difference between the contributions of two states, which
     * can cancel}
     */
    default boolean isContrast() {
        return false;
    }
}
