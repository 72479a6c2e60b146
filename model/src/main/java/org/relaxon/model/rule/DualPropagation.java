package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * Dual propagation (Hoier, Staudt and Zach 2023): every neuron is a pair s+ = f(a + g u) and s- =
 * f(a - (1 - g) u) with u the received feedback; its mean alpha s+ + (1 - alpha) s- travels forward
 * and its difference D back. Linear output and squared loss, where the pair is s+ = (a + g beta T)
 * / (1 + g beta) and s- = (a - (1 - g) beta T) / (1 - (1 - g) beta). One phase.
 *
 * <p>With alpha = 1/2 the nudge is symmetric, g = 1/2, and the error of the local update falls as
 * beta squared; otherwise as beta. The original form takes g = alpha. Where f is linear it moves
 * the mean by (2 alpha - 1) u. DP-top (Hoier and Zach, arXiv 2402.08573) takes g = 1 - alpha, which
 * leaves the mean at a: feedback reaches it only by f'', with alpha (1 - alpha) u^2 / 2. The
 * original form rests at a saddle of one function of all states; DP-top does so only with 1/2.
 */
public final class DualPropagation implements Rule {
    private static final String ORIGINAL = "dual-propagation";
    private static final Traits TRAITS = Traits.of(Trait.HOLDS_ERRORS);

    private final String name;
    private final StatedEnergy.Pair pair;
    private final Traits traits;

    /** With a symmetric nudge. */
    public DualPropagation() {
        this(ORIGINAL, StatedEnergy.Pair.EVEN);
    }

    private DualPropagation(String name, StatedEnergy.Pair pair) {
        this.name = name;
        this.pair = pair;
        boolean usual = name.equals(ORIGINAL) && pair.equals(StatedEnergy.Pair.EVEN);
        traits = usual ? TRAITS : TRAITS.choosing(pair.weight());
    }

    /**
     * {@return the original form with an asymmetric nudge}
     *
     * @param alpha weight of s+ in the mean and share of the feedback that moves it, from 0 to 1
     * @throws IllegalArgumentException naming alpha if it is out of range
     */
    public static DualPropagation asymmetric(double alpha) {
        return new DualPropagation(ORIGINAL, new StatedEnergy.Pair(alpha, alpha));
    }

    /**
     * {@return DP-top, whose mean does not follow the feedback to first order}
     *
     * @param alpha weight of s+ in the mean, from 0 to 1; 1 - alpha is the share of the feedback
     *     that moves it. With 0 the mean is f(a), whatever the feedback
     * @throws IllegalArgumentException naming alpha if it is out of range
     */
    public static DualPropagation top(double alpha) {
        return new DualPropagation("dp-top", new StatedEnergy.Pair(alpha, 1.0 - alpha));
    }

    @Override
    public String optionName() {
        return name;
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.of(pair);
    }

    @Override
    public void validate(Network network) {
        for (Population output : network.outputs()) {
            boolean linear = output.activation() == StandardActivation.LINEAR;
            if (!linear || network.loss() != StandardLoss.SQUARED) {
                throw new IllegalArgumentException(
                        "%s: needs a linear output and the squared loss, got %s and %s"
                                .formatted(
                                        name,
                                        output.activation().optionName(),
                                        network.loss().optionName()));
            }
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        boolean small = true;
        for (int c = 0; c < phase.columns(); c++) {
            small &= pair.accepts(phase.beta(c));
        }
        return small && Rule.super.accepts(phase);
    }

    @Override
    public Traits traits() {
        return traits;
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
        double plus = pair.up();
        double minus = 1.0 - plus;
        double alpha = pair.weight();
        for (int k = 0; k < s.activity().length; k++) {
            double a = s.drive()[k];
            double mu = s.prediction()[k];
            double up;
            double down;
            if (s.isOutput()) {
                double beta = s.beta()[k % s.columns()];
                double off = beta == 0.0 ? 0.0 : s.target()[k] - mu;
                up = plus * beta * off / (1.0 + plus * beta);
                down = -(minus * beta * off) / (1.0 - minus * beta);
            } else {
                double u = s.feedback()[k];
                up = s.activation().increment(a, mu, plus * u, s.math());
                down = s.activation().increment(a, mu, -minus * u, s.math());
            }
            s.activity()[k] = mu + (alpha * up + (1.0 - alpha) * down);
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
