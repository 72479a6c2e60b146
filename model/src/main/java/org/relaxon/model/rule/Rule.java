package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
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

    /**
     * True if the cell should be asked again although nothing arrives, as in gradient dynamics.
     *
     * @param threshold largest change of activity that is not worth a signal
     */
    default boolean wantsAnotherTurn(CellState state, double threshold) {
        return false;
    }

    /**
     * True if in this phase a cell acts once, when it has heard from all cells that it projects to:
     * a wave of the dataflow kind.
     */
    default boolean actsOnce(Phase phase) {
        return false;
    }

    /** True if this phase ends by running out of work instead of at an energy minimum. */
    default boolean isDataflow(Phase phase) {
        return false;
    }

    /**
     * True if feedback carries a curvature and the presynaptic activity it was computed at (planes
     * 1 and, added to the gradient of plane 0, 0).
     */
    default boolean sendsCurvature() {
        return false;
    }

    /**
     * Writes a bound of the curvature of each neuron's own energy as a function of its drive, flat
     * (n, B): what {@link #sendsCurvature} sends is made of it. By default f'^2, that of Gauss and
     * Newton, which is no bound where f bends.
     */
    default void driveCurvature(CellState state, double[] curvature) {
        for (int k = 0; k < curvature.length; k++) {
            double slope = state.slope()[k];
            curvature[k] = slope * slope;
        }
    }

    /**
     * True if what this rule promises holds only where no cell relaxes at the same time as one that
     * it projects to; hosts refuse it under other disciplines than turn-taking.
     */
    default boolean needsTurns() {
        return false;
    }

    /**
     * True if the curvature that is sent allows for moves of one presynaptic cell at a time,
     * between two of which it is renewed; false if for moves of all of them.
     */
    default boolean curvatureOfOneCell() {
        return false;
    }

    /**
     * True if a cell may relax only on feedback that was computed after every other cell with a
     * common target had relaxed: in turns, the target answers in between, by {@link #renew}.
     */
    default boolean needsRenewal() {
        return false;
    }

    /**
     * From activity and prediction: writes error and backward, and lets the activity stand.
     *
     * @throws UnsupportedOperationException unless the rule {@link #needsRenewal}
     */
    default void renew(CellState state) {
        throw new UnsupportedOperationException(optionName() + " does not renew feedback");
    }

    /** Curvature beyond which a neuron does not move, so that none larger is sent. */
    default double curvatureMax() {
        return Double.POSITIVE_INFINITY;
    }

    /** Rule of the same energy that judges the equilibrium: this one unless its dynamics differ. */
    default Rule judge() {
        return this;
    }

    /**
     * The energy that it minimises, by which it is judged. By default {@link StatedEnergy#OWN}: a
     * rule from elsewhere that minimises one of the others says so here.
     */
    default StatedEnergy energy() {
        return StatedEnergy.OWN;
    }

    /** Size of the steps of gradient dynamics; NaN for all others. */
    default double gradientStep() {
        return Double.NaN;
    }

    /** True if the activity is prediction plus error, so that an audit may compare these. */
    default boolean isErrorForm() {
        return false;
    }

    /**
     * True if what travels back is made of errors held as variables of their own, so that a change
     * of it is measured by its own size, and if the drive of a cell depends on cells below it
     * alone, so that a cell can wait for the first word of all of these.
     */
    default boolean holdsErrors() {
        return false;
    }

    /** True if two cells that project to the same cell share a term of the energy. */
    default boolean coParentsInteract() {
        return isErrorForm();
    }

    /**
     * Size of activity that matters in a column, in which thresholds and defects are measured.
     *
     * @param height projections between the cell and the output
     */
    default double activityUnit(Phase phase, int column, int height) {
        return 1.0;
    }

    /** Size of what travels back that matters, likewise. */
    default double feedbackUnit(Phase phase, int column, int height) {
        return phase.magnitude(column);
    }

    /**
     * Defect that rounding alone can leave in a column, beside the tolerance: greater than 0 for
     * forms that subtract nearly equal numbers.
     */
    default double roundOff(Phase phase, int column) {
        return 0.0;
    }

    /** Adds this cell's share of the energy to every column; NaN if the rule cannot tell. */
    default void addEnergy(CellState state, double[] energy) {
        java.util.Arrays.fill(energy, Double.NaN);
    }

    /**
     * What beta multiplies in the energy of a nudged phase, for one example: the network's loss
     * unless the rule nudges by one of its own.
     *
     * @param output activity of the output, shape (n_L)
     * @param target shape (n_L)
     */
    default double loss(Network network, double[] output, double[] target) {
        return network.loss().value(output, target, target.length, 1, 0);
    }

    /** True if this rule is defined for such a phase. */
    default boolean accepts(Phase phase) {
        return !phase.isComplex()
                && !phase.differences()
                && phase.output() == Phase.Output.NUDGED
                && hasUnitGain(phase);
    }

    /** True if the feedback gain is 1 in every column. */
    static boolean hasUnitGain(Phase phase) {
        for (int c = 0; c < phase.columns(); c++) {
            if (phase.gamma(c) != 1.0) {
                return false;
            }
        }
        return true;
    }

    /** How one synapse changes at the equilibrium of this rule. */
    LocalRule localRule();
}
