package org.relaxon.runtime;

import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;
import org.relaxon.model.state.RuleMemory;
import org.relaxon.model.state.StateView;

/**
 * Predictive coding under the constraint that the mean activity of the first hidden cell is {@link
 * #MEAN} in every column: c = mean(x) - MEAN = 0. A cell minimises |e|^2 / 2 - u e + lambda c +
 * (rho / 2) c^2 in closed form and then ascends, lambda += rho c (Hestenes 1969; Powell 1969). The
 * multiplier is a memory of the rule, one per column.
 */
final class AugmentedLagrangian extends ErrorForm {
    static final String MULTIPLIER = "multiplier";
    static final double MEAN = 0.3;

    /** What a test does to the memory before a cell corrects itself. */
    interface Before {
        Before NOTHING = multiplier -> {};

        void change(StateView multiplier);
    }

    private final double penalty;
    private final Before before;

    /**
     * @param penalty rho, in units of neurons; 0 for no constraint
     */
    AugmentedLagrangian(double penalty, Before before) {
        super(
                Traits.of(Trait.ERROR_FORM, Trait.CO_PARENTS_INTERACT)
                        .remembering(RuleMemory.perNeuron(MULTIPLIER)),
                Dynamics.fixedPoint(Units.OF_ACTIVITIES));
        this.penalty = penalty;
        this.before = before;
    }

    @Override
    public String optionName() {
        return "augmented-lagrangian";
    }

    @Override
    protected void hiddenError(CellState s) {
        StateView e = s.view(s.error());
        StateView u = s.view(s.feedback());
        StateView multiplier = s.memory(MULTIPLIER);
        before.change(multiplier);
        int n = s.neurons();
        double rho = s.population() == 1 ? penalty * n : 0.0;
        for (int c = 0; c < s.columns(); c++) {
            double lambda = multiplier.get(0, c);
            double open = s.view(s.prediction()).mean(c) + u.mean(c) - MEAN;
            double off = (open - lambda / n) / (1.0 + rho / n);
            for (int i = 0; i < n; i++) {
                e.set(i, c, u.get(i, c) - (rho == 0.0 ? 0.0 : (lambda + rho * off) / n));
            }
            if (rho > 0.0) {
                multiplier.fill(c, lambda + rho * off);
            }
        }
    }

    @Override
    protected void outputError(CellState s) {
        nudgeByLoss(s);
    }

    @Override
    public void announce(CellState s) {
        for (int k = 0; k < s.backward().length; k++) {
            s.backward()[k] = s.slope()[k] * s.error()[k];
        }
    }
}
