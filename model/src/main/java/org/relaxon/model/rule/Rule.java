package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * Defines what a cell sends and how it minimises its own energy; asynchrony, counting and verdicts
 * are the same for all rules. A rule is stateless and deterministic: its outputs are a function of
 * its inputs. What it has to remember it declares among its {@link #traits}, which cells hold for
 * it.
 *
 * <p>A cell calls {@link #predict} when its input changed, then {@link #correct}. At the end of a
 * settling the audit calls the same methods with the true values of all neighbours and compares.
 */
public interface Rule {
    /** {@return the name in options} */
    String optionName();

    /**
     * Refuses a network that this rule is not defined for.
     *
     * @param network network to run
     * @throws IllegalArgumentException naming the part that is not allowed
     */
    void validate(Network network);

    /** {@return what the rule requires of hosts, disciplines and audits, or promises to them} */
    Traits traits();

    /** {@return how cells move, beyond {@link #correct}; by default to the fixed point at once} */
    default Dynamics dynamics() {
        return Dynamics.FIXED_POINT;
    }

    /**
     * The energy that the rule minimises and by which it is judged. By default {@link
     * StatedEnergy#OWN}. A user's rule that minimises a known energy, or can state a term,
     * overrides this.
     *
     * @return the energy
     */
    default StatedEnergy energy() {
        return StatedEnergy.OWN;
    }

    /**
     * Writes prediction and slope, from the drive.
     *
     * @param state state of the cell
     */
    void predict(CellState state);

    /**
     * Writes error, activity and backward, from prediction, slope and feedback (or target).
     *
     * @param state state of the cell
     */
    void correct(CellState state);

    /**
     * Writes backward only, from error and slope.
     *
     * @param state state of the cell
     */
    void announce(CellState state);

    /**
     * True if this rule is defined for such a phase.
     *
     * @param phase what is imposed
     * @return whether it is
     */
    default boolean accepts(Phase phase) {
        return !phase.isComplex()
                && !phase.differences()
                && phase.output() == Phase.Output.NUDGED
                && phase.hasUnitGain();
    }

    /** {@return how one synapse changes at the equilibrium of this rule} */
    LocalRule localRule();
}
