package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * Dual propagation (Hoier, Staudt and Zach 2023) with alpha = 1/2: every neuron is a pair s+- = f(a
 * +- h) with h half of the received feedback; its mean travels forward and its difference D back.
 * One phase; the error of the local update falls as beta squared. Linear output and squared loss,
 * where the pair is s+- = (a +- beta/2 T) / (1 +- beta/2).
 */
public final class DualPropagation implements Rule {
    private static final Traits TRAITS = Traits.of(Trait.HOLDS_ERRORS);
    private static final double BETA_MAX = 2.0;

    @Override
    public String optionName() {
        return "dual-propagation";
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.PAIR_OF_STATES);
    }

    @Override
    public void validate(Network network) {
        for (Population output : network.outputs()) {
            boolean linear = output.activation() == StandardActivation.LINEAR;
            if (!linear || network.loss() != StandardLoss.SQUARED) {
                throw new IllegalArgumentException(
                        "dual-propagation: needs a linear output and the squared loss, got %s and %s"
                                .formatted(
                                        output.activation().optionName(),
                                        network.loss().optionName()));
            }
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        boolean small = true;
        for (int c = 0; c < phase.columns(); c++) {
            small &= Math.abs(phase.beta(c)) < BETA_MAX;
        }
        return small && Rule.super.accepts(phase);
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public void predict(CellState s) {
        for (int k = 0; k < s.drive().length; k++) {
            s.prediction()[k] = s.activation().value(s.drive()[k], s.math());
        }
    }

    /** Activity is the mean, error the difference D. */
    @Override
    public void correct(CellState s) {
        for (int k = 0; k < s.activity().length; k++) {
            double a = s.drive()[k];
            double mu = s.prediction()[k];
            double up;
            double down;
            if (s.isOutput()) {
                double half = 0.5 * s.beta()[k % s.columns()];
                double moved = half == 0.0 ? 0.0 : half * (s.target()[k] - mu);
                up = moved / (1.0 + half);
                down = -moved / (1.0 - half);
            } else {
                double h = 0.5 * s.feedback()[k];
                up = s.activation().increment(a, mu, h, s.math());
                down = s.activation().increment(a, mu, -h, s.math());
            }
            s.activity()[k] = mu + 0.5 * (up + down);
            s.error()[k] = up - down;
        }
        announce(s);
    }

    @Override
    public void announce(CellState s) {
        System.arraycopy(s.error(), 0, s.backward(), 0, s.error().length);
    }

    @Override
    public LocalRule localRule() {
        return DeltaRule.INSTANCE;
    }
}
