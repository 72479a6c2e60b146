package org.relaxon.model.rule;

import org.relaxon.model.phase.Phase;

/** Rules that take the error as a difference of activities, which costs eps / beta. */
interface ActivityDifference extends Rule {
    /** Defect that rounding leaves at beta 1. */
    double ROUND_OFF = 1e-13;

    /** The error is a difference of activities, so these have to be as exact as it. */
    @Override
    default double activityUnit(Phase phase, int column, int height) {
        return phase.magnitude(column);
    }

    @Override
    default double roundOff(Phase phase, int column) {
        return ROUND_OFF / phase.magnitude(column);
    }
}
