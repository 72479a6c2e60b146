package org.relaxon.testkit;

import java.util.function.Consumer;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;

/**
 * A rule, predictive coding by default, that calls a hook before every correction, from {@link
 * #arm} on: not while the rule is probed at open.
 */
public class HookedRule implements Rule {
    private final Rule inner;
    private final Consumer<CellState> before;
    private volatile boolean armed;

    /**
     * Makes predictive coding with a hook.
     *
     * @param before called with the state of a cell before it corrects itself
     */
    public HookedRule(Consumer<CellState> before) {
        this(new PredictiveCoding(), before);
    }

    /**
     * Makes a rule with a hook.
     *
     * @param inner what the cells do
     * @param before called with the state of a cell before it corrects itself
     */
    public HookedRule(Rule inner, Consumer<CellState> before) {
        this.inner = inner;
        this.before = before;
    }

    /** Calls the hook from now on. */
    public final void arm() {
        armed = true;
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

    /** The judge of the inner rule, without the hook: it judges after the settling. */
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
        if (armed) {
            before.accept(state);
        }
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
