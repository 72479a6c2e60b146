package org.relaxon.model.rule;

import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * Predictive coding with fixed predictions (Millidge, Tschantz and Buckley 2020): the forward pass
 * settles first; then predictions, slopes and activities stay as they were, the output's error is
 * -beta dLoss/dx at its prediction, and only errors are sent. The graph of these messages is
 * acyclic, so the phase runs out of work under any delays, and its local updates equal the backprop
 * gradient exactly at any beta.
 */
public class FixedPrediction extends PredictiveCoding {
    /** Traits of a member whose second phase is dataflow. */
    static final Traits TRAITS =
            PredictiveCoding.TRAITS.with(Trait.DATAFLOW).without(Trait.OUTPUTS_PROJECT);

    /** The second phase, which starts from the settled forward pass, is dataflow. */
    public FixedPrediction() {
        this(TRAITS);
    }

    /**
     * {@return zero-divergence inference learning (Song, Lukasiewicz, Xu and Bogacz 2020): every
     * cell makes exactly one step, when the errors of all cells that it projects to have arrived}
     *
     * @param rate inference rate, finite and greater than 0; 1 for the backprop gradient
     */
    public static FixedPrediction zeroDivergence(double rate) {
        return new ZeroDivergenceInference(rate);
    }

    FixedPrediction(Traits traits) {
        super(traits, Dynamics.FIXED_POINT);
    }

    @Override
    public String optionName() {
        return "fpa-pc";
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.FORWARD_PASS);
    }

    @Override
    public boolean accepts(Phase phase) {
        return super.accepts(phase) && phase.output() == Phase.Output.NUDGED;
    }

    @Override
    public void predict(CellState s) {
        if (s.anchor() == null) {
            super.predict(s);
            return;
        }
        System.arraycopy(s.anchor().prediction(), 0, s.prediction(), 0, s.prediction().length);
        System.arraycopy(s.anchor().slope(), 0, s.slope(), 0, s.slope().length);
    }

    @Override
    public void correct(CellState s) {
        if (s.anchor() == null) {
            super.correct(s);
            return;
        }
        if (s.isOutput()) {
            for (int c = 0; c < s.columns(); c++) {
                pull(s, c);
            }
        } else {
            hiddenError(s);
        }
        System.arraycopy(s.anchor().activity(), 0, s.activity(), 0, s.activity().length);
        announce(s);
    }

    /** e = -beta dLoss/dx at the prediction. */
    private static void pull(CellState s, int c) {
        double beta = s.beta()[c];
        double[] e = s.error();
        s.loss().pull(s.prediction(), s.target(), s.neurons(), s.columns(), c, s.math(), e);
        for (int k = c; k < e.length; k += s.columns()) {
            e[k] *= beta;
        }
    }
}
