package org.relaxon.model.rule;

/**
 * Base of the dynamics of predictive coding that hold activities and take e = x - mu as their
 * difference, which costs eps / beta. The error form judges where they rest.
 */
abstract class ActivityForm extends PredictiveCoding implements ActivityDifference {
    private static final PredictiveCoding JUDGE = new PredictiveCoding();

    @Override
    public final boolean holdsErrors() {
        return false;
    }

    @Override
    public final Rule judge() {
        return JUDGE;
    }
}
