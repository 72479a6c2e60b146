package org.relaxon.model.settle;

import java.util.Locale;

/** Why a settling, or one of its columns, did not reach an equilibrium. The list is closed. */
public enum Reason {
    /** The message budget ran out. */
    MESSAGE_BUDGET("cells still had signals to send when the message budget was spent"),
    /** The time budget ran out. */
    TIME_BUDGET("cells still had work to do when the budget of host time was spent"),
    /** The budget of relaxations ran out. */
    RELAXATION_BUDGET("cells still moved when the budget of relaxations was spent"),
    /** More signals were in flight than the plan allows. */
    IN_FLIGHT_BUDGET("cells sent signals faster than the links delivered them"),
    /** Nothing moves any more, but the audited residual is beyond the tolerance. */
    QUIET_AWAY_FROM_EQUILIBRIUM(
            "nothing moves, but the named cells are not at the minimum of their energy"),
    /** Nothing moves any more, but the update of some projections is not known to the tolerance. */
    UNRESOLVED("changes that cells did not send matter to the update of the named projections"),
    /** An activity became infinite or NaN, or exceeded the largest activity. */
    DIVERGED("activities grew without bound"),
    /** A cell crashed more often than it is restarted. */
    CELL_LOST("a cell crashed more often than it is restarted; its weights are safe"),
    /** A process that held cells was lost, and they could not be placed again. */
    NODE_LOST("a node of the cluster was lost"),
    /** A neuron kept jumping across a kink of its activation, or rests where a kink holds it. */
    KINK("a neuron stands on a kink of its activation"),
    /** The phase started from a state that had not settled itself. */
    UNPROVEN_START("the free phase that this one starts from had not settled"),
    /** The phases of one estimate rest in different basins of the energy. */
    MULTISTABLE("the nudged phase rests in another basin of the energy than the free one"),
    /** The network settled, but an entry of its local update is not a finite number. */
    NOT_FINITE("the strength is too small or too large for a local update in doubles"),
    /** The state is a stationary point of the energy with a direction of descent, not a minimum. */
    SADDLE("a tie holds the network at a saddle of its energy, from which a direction descends"),
    /** The run was cancelled from outside. */
    CANCELLED("the run was cancelled");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** {@return the meaning in one line, without advice, which needs a trial} */
    public String meaning() {
        return meaning;
    }

    /** {@return whether a limit that was set beforehand was reached} */
    public boolean isBudget() {
        return this == MESSAGE_BUDGET
                || this == TIME_BUDGET
                || this == RELAXATION_BUDGET
                || this == IN_FLIGHT_BUDGET;
    }

    /** {@return the name in reports: lower case with hyphens} */
    public String reportName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
