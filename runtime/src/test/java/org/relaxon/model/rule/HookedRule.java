package org.relaxon.model.rule;

import java.util.function.Consumer;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * A rule, predictive coding by default, with something planted before every correction; in the
 * package of the library's own, so that no contract is probed, and no hook called, at open.
 */
public class HookedRule implements Rule {
    private final Rule inner;
    private final Consumer<CellState> before;

    public HookedRule(Consumer<CellState> before) {
        this(new PredictiveCoding(), before);
    }

    public HookedRule(Rule inner, Consumer<CellState> before) {
        this.inner = inner;
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
    public Traits traits() {
        return inner.traits();
    }

    /** Its judge is not hooked: it speaks after the settling. */
    @Override
    public Dynamics dynamics() {
        return inner.dynamics();
    }

    @Override
    public StatedEnergy energy() {
        return inner.energy();
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
    public boolean accepts(Phase phase) {
        return inner.accepts(phase);
    }

    @Override
    public LocalRule localRule() {
        return inner.localRule();
    }
}
