package org.relaxon.model.cell;

import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;

/**
 * Corrects a state by its rule, and puts the neurons that the phase holds back at their values. The
 * error that such a neuron sends is that of its value, in the form of the rule.
 */
final class Held {
    private Held() {}

    /** {@link Rule#correct}, with the held neurons at their values. */
    static void correct(Rule rule, CellState s) {
        rule.correct(s);
        if (s.holds()) {
            put(rule, s);
            rule.announce(s);
        }
    }

    /** Writes activity and error of held neurons only. */
    static void put(Rule rule, CellState s) {
        boolean errors = rule.traits().has(Trait.ERROR_FORM);
        double[] x = s.activity();
        for (int k = 0; k < x.length; k++) {
            if (s.isHeld(k)) {
                x[k] = s.held(k);
                s.error()[k] = errors ? x[k] - s.prediction()[k] : x[k];
            }
        }
    }
}
