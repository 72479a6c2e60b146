package org.relaxon.model.rule;

import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * Predictive coding in error form, I = 1/2 sum |x_l - f(a_l)|^2 (Millidge et al., arXiv 2206.02629;
 * fixed-point form of Rao and Ballard 1999): a hidden cell rests at e = sum of received feedback,
 * and sends back W^T (f'(a) o e). At small nudging the local update is the backprop gradient up to
 * a relative error of order beta.
 */
public class PredictiveCoding extends ErrorForm {
    static final Traits TRAITS = ErrorForm.TRAITS.with(Trait.READS_SLOPE, Trait.OUTPUTS_PROJECT);

    /** In error form. */
    public PredictiveCoding() {
        this(TRAITS.with(Trait.NUDGES_BESIDE_FEEDBACK), Dynamics.FIXED_POINT);
    }

    PredictiveCoding(Traits traits, Dynamics dynamics) {
        super(traits, dynamics);
    }

    /**
     * {@return the same energy by coordinate minimisation, for nudges so strong that the error form
     * need not contract}
     */
    public static PredictiveCoding coordinate() {
        return new CoordinatePredictiveCoding();
    }

    /**
     * {@return the same by coordinate minimisation that cannot raise the energy when cells take
     * turns}
     *
     * @param moves what the curvature that a cell sends allows for until it relaxes again
     */
    public static PredictiveCoding safeguarded(Moves moves) {
        return new SafeguardedPredictiveCoding(moves);
    }

    /**
     * {@return the same by gradient steps}
     *
     * @param step size of a gradient step, between 0 and 1
     */
    public static PredictiveCoding gradient(double step) {
        return new GradientPredictiveCoding(step);
    }

    @Override
    public String optionName() {
        return "pc-nudge";
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.SQUARED_DIVERGENCE);
    }

    @Override
    public void announce(CellState s) {
        double[] v = s.backward();
        for (int k = 0; k < v.length; k++) {
            v[k] = s.slope()[k] * s.error()[k];
        }
    }

    @Override
    protected void hiddenError(CellState s) {
        System.arraycopy(s.feedback(), 0, s.error(), 0, s.error().length);
    }

    @Override
    protected void outputError(CellState s) {
        nudgeByLoss(s);
    }

    /**
     * {@return how a cell moves: empty for the error form, {@code coordinate} or {@code
     * gradient:STEP}}
     */
    public String variant() {
        return dynamics().optionName();
    }
}
