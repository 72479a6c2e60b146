package org.relaxon.runtime;

import java.util.function.Consumer;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/** Predictive coding with something planted before every correction. */
final class HookedRule implements Rule {
    private final Rule inner = new PredictiveCoding();
    private final Consumer<CellState> before;

    HookedRule(Consumer<CellState> before) {
        this.before = before;
    }

    @Override
    public String optionName() {
        return "hooked";
    }

    @Override
    public void validate(Network network) {
        inner.validate(network);
    }

    @Override
    public boolean usesSlope() {
        return inner.usesSlope();
    }

    @Override
    public void predict(CellState state) {
        inner.predict(state);
    }

    @Override
    public void correct(CellState state) {
        before.accept(state);
        inner.correct(state);
    }

    @Override
    public void announce(CellState state) {
        inner.announce(state);
    }

    @Override
    public LocalRule localRule() {
        return inner.localRule();
    }
}
