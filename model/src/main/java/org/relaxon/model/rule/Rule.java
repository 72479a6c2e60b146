package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * What a cell sends and how it minimises its own energy; everything else about asynchrony, counting
 * and verdicts is the same for all rules. A rule is stateless and deterministic: what it writes is
 * a function of what it reads.
 *
 * <p>A cell calls {@link #predict} when its input changed, then {@link #correct}. At the end of a
 * settling the audit calls the same methods with the true values of all neighbours and compares.
 */
public interface Rule {
    /** The name in options. */
    String optionName();

    /**
     * Refuses a network that this rule is not defined for.
     *
     * @throws IllegalArgumentException naming what is not allowed
     */
    void validate(Network network);

    /**
     * Planes of B columns that travel forward: 1 for a real activity, 2 for a complex one. Plane p
     * of column c stands at p B + c of a row.
     */
    default int activityPlanes() {
        return 1;
    }

    /** Planes of B columns that travel back. */
    default int feedbackPlanes() {
        return 1;
    }

    /**
     * True if {@link #correct} reads the slope, so that a jump of f' can keep a cell from resting.
     */
    boolean usesSlope();

    /** From drive: writes prediction and slope. */
    void predict(CellState state);

    /** From prediction, slope and feedback (or target): writes error, activity and backward. */
    void correct(CellState state);

    /** From error and slope: writes backward only. */
    void announce(CellState state);

    /** How one synapse changes at the equilibrium of this rule. */
    LocalRule localRule();
}
