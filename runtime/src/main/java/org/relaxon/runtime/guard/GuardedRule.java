package org.relaxon.runtime.guard;

import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;

/** A rule whose failures are reported by name. */
final class GuardedRule extends Guarded implements Rule {
    private final Rule part;

    GuardedRule(Rule part) {
        super(part, "algorithm", named(part, part::optionName));
        this.part = part;
    }

    @Override
    public String optionName() {
        return name();
    }

    @Override
    public void validate(Network network) {
        try {
            part.validate(network);
        } catch (IllegalArgumentException refusal) {
            throw refusal; // as its contract allows
        } catch (Throwable thrown) {
            throw failure("validate", thrown);
        }
    }

    @Override
    public Traits traits() {
        try {
            return given("traits", part.traits());
        } catch (Throwable thrown) {
            throw failure("traits", thrown);
        }
    }

    @Override
    public Dynamics dynamics() {
        try {
            return new GuardedDynamics(given("dynamics", part.dynamics()), name());
        } catch (Throwable thrown) {
            throw failure("dynamics", thrown);
        }
    }

    @Override
    public StatedEnergy energy() {
        try {
            return guarded(given("energy", part.energy()));
        } catch (Throwable thrown) {
            throw failure("energy", thrown);
        }
    }

    @Override
    public void predict(CellState state) {
        try {
            part.predict(state);
        } catch (Throwable thrown) {
            throw failure("predict", thrown);
        }
    }

    @Override
    public void correct(CellState state) {
        try {
            part.correct(state);
        } catch (Throwable thrown) {
            throw failure("correct", thrown);
        }
    }

    @Override
    public void announce(CellState state) {
        try {
            part.announce(state);
        } catch (Throwable thrown) {
            throw failure("announce", thrown);
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        try {
            return part.accepts(phase);
        } catch (Throwable thrown) {
            throw failure("accepts", thrown);
        }
    }

    @Override
    public LocalRule localRule() {
        try {
            return new GuardedLocalRule(given("localRule", part.localRule()), name());
        } catch (Throwable thrown) {
            throw failure("localRule", thrown);
        }
    }

    private StatedEnergy guarded(StatedEnergy stated) {
        if (stated.term() != null) {
            return StatedEnergy.of(Guarded.of(stated.term()));
        }
        return stated.value() == null
                ? stated
                : StatedEnergy.own(new GuardedEnergy(stated.value(), name()));
    }
}
