package org.relaxon.model.cell;

import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;

/**
 * Predictive coding whose cells say what they have before all below have spoken, and measure
 * feedback in units of the phase, as rules that hold no errors do: to test a single cell.
 */
final class UnwaitingPredictiveCoding extends PredictiveCoding {
    @Override
    public Traits traits() {
        return super.traits().without(Trait.HOLDS_ERRORS);
    }
}
