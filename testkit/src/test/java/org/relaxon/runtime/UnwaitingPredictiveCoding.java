package org.relaxon.runtime;

import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;

/**
 * Predictive coding whose cells say what they have before all below have spoken, and measure
 * feedback in units of the phase: for tests in which one cell is to speak at once, or in which
 * several versions of an activity are to be under way.
 */
public final class UnwaitingPredictiveCoding extends PredictiveCoding {
    @Override
    public Traits traits() {
        return super.traits().without(Trait.HOLDS_ERRORS);
    }
}
