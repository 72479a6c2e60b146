package org.relaxon.model.rule;

import org.relaxon.model.phase.Phase;

/**
 * Base of the dynamics of predictive coding that hold activities and take e = x - mu as their
 * difference, which costs eps / beta. The error form judges where they rest.
 */
abstract class ActivityForm extends PredictiveCoding {
    private static final double ROUND_OFF = 1e-13;
    private static final PredictiveCoding JUDGE = new PredictiveCoding();

    @Override
    public final Rule judge() {
        return JUDGE;
    }

    /** The error is a difference of activities, so these have to be as exact as it. */
    @Override
    public final double activityUnit(Phase phase, int column, int height) {
        return phase.magnitude(column);
    }

    @Override
    public final double roundOff(Phase phase, int column) {
        return ROUND_OFF / phase.magnitude(column);
    }
}
