package org.relaxon.model.settle;

import java.util.Locale;

/** Why a settling, or one of its columns, has no equilibrium to show. The list is closed. */
public enum Reason {
    /** The message budget ran out. */
    MESSAGE_BUDGET("raise --budget-messages"),
    /** The time budget ran out. */
    TIME_BUDGET("raise --budget-time"),
    /** More signals were in flight than the plan allows. */
    IN_FLIGHT_BUDGET("lower the rate of signals with a longer --refractory"),
    /** Nothing moves any more, but the audited residual is beyond the tolerance. */
    QUIET_AWAY_FROM_EQUILIBRIUM("look at the named links: what was said on them did not arrive"),
    /** An activity left the finite numbers. */
    DIVERGED("use a smaller beta or smaller weights"),
    /** A cell crashed more often than it is brought back. */
    CELL_LOST("see why the cell crashes; its weights are safe"),
    /** A neuron kept jumping across a kink of its activation, or rests where one holds it. */
    KINK("use a smooth activation, fy-pc, or another beta"),
    /** The phase started from a state that had not settled itself. */
    UNPROVEN_START("settle the free phase first"),
    /** The phases of one estimate rest in different basins of the energy. */
    MULTISTABLE("use smaller weights, a smaller beta or a weaker delay"),
    /** Somebody asked for the run to stop. */
    CANCELLED("run it again");

    private final String advice;

    Reason(String advice) {
        this.advice = advice;
    }

    /** What a user can do about it. */
    public String advice() {
        return advice;
    }

    /** The name in reports: lower case with hyphens. */
    public String reportName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
