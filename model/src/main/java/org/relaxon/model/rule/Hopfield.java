package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.HebbianRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * The Hopfield energy I = sum gamma^(l-L) [G(s_l) - s_l (W_l s_{l-1} + b_l)] with G' = f^-1: a
 * hidden cell rests at s = f(a + gamma W^T s_post), the exact minimum of the energy in s, and its
 * activity travels both ways. This is the network of equilibrium propagation (Scellier and Bengio
 * 2017, in the activation convention), of contrastive Hebbian learning with feedback gain gamma
 * (Xie and Seung 2003) and of coupled learning (Stern et al. 2021). These differ in how the target
 * acts and in which states are contrasted.
 *
 * <p>Every graph is allowed if the gain is 1: a projection W from a to b adds -x_b W x_a to the
 * energy, whichever populations these are, so that lateral projections (from a population to
 * itself) and recurrent ones need nothing of their own. Other gains need layers, each with one
 * exponent.
 *
 * <p>In a phase of differences from a settled free state s0, cells hold and send d = s - s0, which
 * rests at d = f(h0 + u) - f(h0) with u the sum of drive and feedback differences: nothing of the
 * size of beta is subtracted.
 */
public class Hopfield implements Rule {
    private static final Traits TRAITS = Traits.of(Trait.NUDGES_BESIDE_FEEDBACK);
    private static final Dynamics AT_ONCE = Dynamics.fixedPoint(new OfDifferences());

    /**
     * Unit 1, unless differences are held: these have the size of beta, smaller by gamma for every
     * projection that a change has passed downwards.
     */
    private static final class OfDifferences implements Units {
        @Override
        public double activity(Phase phase, int column, int height) {
            if (!phase.differences()) {
                return 1.0;
            }
            double shrunk = StrictMath.pow(Math.min(1.0, Math.abs(phase.gamma(column))), height);
            return phase.magnitude(column) * (shrunk > 0.0 ? shrunk : 1.0);
        }

        @Override
        public double feedback(Phase phase, int column, int height) {
            return activity(phase, column, height);
        }
    }

    private final String name;
    private final Dynamics dynamics;

    /**
     * @param name the name in options: {@code ep}, {@code chl}, {@code chl-clamped} or {@code
     *     coupled}
     */
    public Hopfield(String name) {
        this(name, AT_ONCE);
    }

    /**
     * {@return the same energy by gradient steps}
     *
     * @param name the name in options
     * @param step size of a step, between 0 and 1
     */
    public static Hopfield gradient(String name, double step) {
        return new GradientHopfield(name, step);
    }

    /**
     * {@return the energy with complex activities, for holomorphic equilibrium propagation
     * (Laborieux and Zenke 2022)}
     */
    public static Rule holomorphic() {
        return new HolomorphicHopfield();
    }

    Hopfield(String name, Dynamics dynamics) {
        this.name = name;
        this.dynamics = dynamics;
    }

    @Override
    public String optionName() {
        return name;
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.HOPFIELD);
    }

    @Override
    public void validate(Network network) {
        for (Population output : network.outputs()) {
            boolean linear = output.activation() == StandardActivation.LINEAR;
            if (!linear && network.loss() != StandardLoss.SQUARED) {
                throw new IllegalArgumentException(
                        "%s: loss %s needs a linear output"
                                .formatted(name, network.loss().optionName()));
            }
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        return !phase.isComplex() && phase.output() != Phase.Output.CLAMPED;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public Dynamics dynamics() {
        return dynamics;
    }

    @Override
    public void predict(CellState s) {
        // feedback moves the activity as much as drive does: nothing to do before it is known
    }

    @Override
    public void correct(CellState s) {
        if (s.isOutput()) {
            output(s);
        } else {
            hidden(s);
        }
        publish(s);
    }

    /**
     * Copies the activity to the feedback value.
     *
     * @param s state of the cell
     */
    protected static void publish(CellState s) {
        System.arraycopy(s.activity(), 0, s.error(), 0, s.error().length);
        System.arraycopy(s.activity(), 0, s.backward(), 0, s.backward().length);
    }

    @Override
    public void announce(CellState s) {
        System.arraycopy(s.error(), 0, s.backward(), 0, s.backward().length);
    }

    private static void hidden(CellState s) {
        CellState free = s.anchor();
        for (int k = 0; k < s.activity().length; k++) {
            double gamma = s.gamma(k % s.columns());
            double u = s.drive()[k] + gamma * s.feedback()[k];
            if (s.differences()) {
                double h0 = free.drive()[k] + gamma * free.feedback()[k];
                s.activity()[k] = s.activation().increment(h0, free.activity()[k], u, s.math());
            } else {
                s.activity()[k] = s.activation().value(u, s.math());
            }
        }
    }

    private static void output(CellState s) {
        if (s.output() == Phase.Output.DISPLACED) {
            displaced(s);
            return;
        }
        boolean linear = s.activation() == StandardActivation.LINEAR;
        for (int c = 0; c < s.columns(); c++) {
            if (s.beta()[c] == 0.0) {
                freeOutput(s, c);
            } else if (linear) {
                linearOutput(s, c);
            } else {
                curvedOutput(s, c);
            }
        }
    }

    private static void freeOutput(CellState s, int c) {
        for (int k = c; k < s.activity().length; k += s.columns()) {
            double h = field(s, k, c);
            s.activity()[k] =
                    s.differences()
                            ? s.activation()
                                    .increment(
                                            field(s.anchor(), k, c),
                                            s.anchor().activity()[k],
                                            h,
                                            s.math())
                            : s.activation().value(h, s.math());
        }
    }

    /**
     * Drive plus feedback of an output, which receives feedback only if it projects onwards or to
     * itself; a drive of -0.0 without feedback stays what it is.
     */
    static double field(CellState s, int k, int c) {
        double back = s.feedback()[k];
        return back == 0.0 ? s.drive()[k] : s.drive()[k] + s.gamma(c) * back;
    }

    /** The loss's own nudge at the field, which for a linear output is the prediction. */
    private static void linearOutput(CellState s, int c) {
        double[] mu = s.prediction();
        for (int k = c; k < mu.length; k += s.columns()) {
            mu[k] = field(s, k, c) + (s.differences() ? s.anchor().activity()[k] : 0.0);
        }
        s.loss()
                .nudge(
                        mu,
                        s.target(),
                        s.beta()[c],
                        s.neurons(),
                        s.columns(),
                        c,
                        s.math(),
                        s.error());
        for (int k = c; k < mu.length; k += s.columns()) {
            s.activity()[k] = field(s, k, c) + s.error()[k];
        }
    }

    private static void curvedOutput(CellState s, int c) {
        double beta = s.beta()[c];
        for (int k = c; k < s.activity().length; k += s.columns()) {
            if (s.differences()) {
                double s0 = s.anchor().activity()[k];
                double h0 = field(s.anchor(), k, c);
                s.activity()[k] =
                        OutputNudge.solve(s, h0, s0, field(s, k, c), beta, s.target()[k] - s0);
            } else {
                double h = field(s, k, c);
                double mu = s.activation().value(h, s.math());
                double distance = s.target()[k] - mu;
                s.activity()[k] = mu + OutputNudge.solve(s, h, mu, 0.0, beta, distance);
            }
        }
    }

    /** Free output plus -beta dLoss/ds there. */
    private static void displaced(CellState s) {
        double[] s0 = s.anchor().activity();
        for (int c = 0; c < s.columns(); c++) {
            s.loss().pull(s0, s.target(), s.neurons(), s.columns(), c, s.math(), s.error());
            for (int k = c; k < s0.length; k += s.columns()) {
                double moved = s.beta()[c] * s.error()[k];
                s.activity()[k] = s.differences() ? moved : s0[k] + moved;
            }
        }
    }

    @Override
    public LocalRule localRule() {
        return HebbianRule.INSTANCE;
    }
}
