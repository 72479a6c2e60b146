package org.relaxon.runtime.guard;

import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;

/** Dynamics whose failures are reported by name. */
final class GuardedDynamics extends Guarded implements Dynamics {
    private final Dynamics part;

    GuardedDynamics(Dynamics part, String name) {
        super(part, "algorithm", name);
        this.part = part;
    }

    @Override
    public String optionName() {
        try {
            return given("optionName", part.optionName());
        } catch (Throwable thrown) {
            throw failure("optionName", thrown);
        }
    }

    @Override
    public Units units() {
        try {
            return given("units", part.units());
        } catch (Throwable thrown) {
            throw failure("units", thrown);
        }
    }

    @Override
    public Rule judge(Rule own) {
        try {
            Rule judge = given("judge", part.judge(own));
            return judge.equals(own) ? own : new GuardedRule(judge);
        } catch (Throwable thrown) {
            throw failure("judge", thrown);
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
    public double gradientStep() {
        try {
            return part.gradientStep();
        } catch (Throwable thrown) {
            throw failure("gradientStep", thrown);
        }
    }

    @Override
    public boolean wantsAnotherTurn(CellState state, double threshold) {
        try {
            return part.wantsAnotherTurn(state, threshold);
        } catch (Throwable thrown) {
            throw failure("wantsAnotherTurn", thrown);
        }
    }

    @Override
    public void driveCurvature(CellState state, double[] curvature) {
        try {
            part.driveCurvature(state, curvature);
        } catch (Throwable thrown) {
            throw failure("driveCurvature", thrown);
        }
    }

    @Override
    public double curvatureMax() {
        try {
            return part.curvatureMax();
        } catch (Throwable thrown) {
            throw failure("curvatureMax", thrown);
        }
    }

    @Override
    public void renew(CellState state) {
        try {
            part.renew(state);
        } catch (Throwable thrown) {
            throw failure("renew", thrown);
        }
    }
}
