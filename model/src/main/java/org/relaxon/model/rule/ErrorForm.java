package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.state.CellState;

/**
 * Base of the rules whose energy is a layered divergence, I = sum over layers of D(x, mu) with D =
 * 0 only at x = mu: the activity is x = mu + e, the error e is a variable of its own (never x - mu,
 * which would cancel when e is of the size of beta), and one nudged phase suffices.
 *
 * <p>Extend it to add a member: supply the error that minimises the cell's own energy, and the
 * feedback.
 */
public abstract class ErrorForm implements Rule {
    static final Traits TRAITS =
            Traits.of(Trait.ERROR_FORM, Trait.HOLDS_ERRORS, Trait.CO_PARENTS_INTERACT);

    private final Traits traits;
    private final Dynamics dynamics;

    /** A member with fixed-point dynamics that does not read the slope. */
    protected ErrorForm() {
        this(TRAITS, Dynamics.FIXED_POINT);
    }

    /**
     * A member with traits and dynamics of its own.
     *
     * @param traits value of {@link #traits}
     * @param dynamics value of {@link #dynamics}
     */
    protected ErrorForm(Traits traits, Dynamics dynamics) {
        this.traits = traits;
        this.dynamics = dynamics;
    }

    @Override
    public void validate(Network network) {
        // layered divergences are defined for every acyclic graph and activation
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public Dynamics dynamics() {
        return dynamics;
    }

    @Override
    public void predict(CellState s) {
        s.activation().evaluate(s.drive(), s.prediction(), s.slope(), s.math());
    }

    @Override
    public void correct(CellState s) {
        if (s.isOutput() && s.output() == Phase.Output.CLAMPED) {
            clampedError(s);
        } else if (s.isOutput() && !hears(s)) {
            outputError(s);
        } else {
            hiddenError(s);
            if (s.isOutput() && traits.has(Trait.NUDGES_BESIDE_FEEDBACK)) {
                nudgeBesideFeedback(s);
            }
        }
        double[] mu = s.prediction();
        double[] e = s.error();
        double[] x = s.activity();
        for (int k = 0; k < x.length; k++) {
            x[k] = mu[k] + e[k];
        }
        announce(s);
    }

    /** Whether a cell receives feedback; an output does only if it projects onwards. */
    private boolean hears(CellState s) {
        if (!traits.has(Trait.OUTPUTS_PROJECT)) {
            return false;
        }
        for (double heard : s.feedback()) {
            if (heard != 0.0) { // NaN counts, and the guard finds it
                return true;
            }
        }
        return false;
    }

    /** The error of an output that is held at its target. */
    private static void clampedError(CellState s) {
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.target()[k] - s.prediction()[k];
        }
    }

    @Override
    public boolean accepts(Phase phase) {
        return !phase.isComplex()
                && !phase.differences()
                && phase.output() != Phase.Output.DISPLACED
                && phase.hasUnitGain();
    }

    @Override
    public LocalRule localRule() {
        return DeltaRule.INSTANCE;
    }

    /**
     * Writes the error that minimises a hidden cell's energy, given the received feedback.
     *
     * @param s state of the cell; its error is written
     */
    protected abstract void hiddenError(CellState s);

    /**
     * Writes the error that minimises an output cell's energy plus beta times the loss.
     *
     * @param s state of the cell; its error is written
     */
    protected abstract void outputError(CellState s);

    /**
     * Moves the error that {@link #hiddenError} has written to where beta times the loss is added.
     * By default for half the squared distance: with u the received feedback, e^2/2 - e u + beta
     * L(mu + e) is (e - u)^2/2 + beta L(mu + e) plus a constant, a nudge from mu + u.
     *
     * @param s state of an output cell that projects onwards
     */
    protected void nudgeBesideFeedback(CellState s) {
        double[] e = s.error();
        double[] from = new double[e.length];
        double[] moved = new double[e.length];
        for (int k = 0; k < e.length; k++) {
            from[k] = s.prediction()[k] + e[k];
        }
        for (int c = 0; c < s.columns(); c++) {
            double beta = s.beta()[c];
            if (beta != 0.0) {
                s.loss()
                        .nudge(
                                from,
                                s.target(),
                                beta,
                                s.neurons(),
                                s.columns(),
                                c,
                                s.math(),
                                moved);
            }
        }
        for (int k = 0; k < e.length; k++) {
            e[k] += moved[k];
        }
    }

    /**
     * Writes the error by the nudge of the loss in every nudged column, and 0 in a free one.
     *
     * @param s state of an output cell
     */
    protected static void nudgeByLoss(CellState s) {
        nudgeByLoss(s, 1.0);
    }

    /**
     * Writes the error as {@link #nudgeByLoss(CellState)} does, with every nudging strength
     * multiplied by a factor.
     *
     * @param s state of an output cell
     * @param factor factor of beta, dimensionless
     */
    protected static void nudgeByLoss(CellState s, double factor) {
        for (int c = 0; c < s.columns(); c++) {
            if (s.beta()[c] == 0.0) {
                for (int k = c; k < s.error().length; k += s.columns()) {
                    s.error()[k] = 0.0;
                }
            } else {
                s.loss()
                        .nudge(
                                s.prediction(),
                                s.target(),
                                s.beta()[c] * factor,
                                s.neurons(),
                                s.columns(),
                                c,
                                s.math(),
                                s.error());
            }
        }
    }
}
