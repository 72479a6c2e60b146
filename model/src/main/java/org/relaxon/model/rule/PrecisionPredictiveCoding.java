package org.relaxon.model.rule;

import java.util.Arrays;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * Predictive coding whose errors are weighted, I = 1/2 sum P_l |x_l - f(a_l)|^2 with one precision
 * P_l > 0 per population: a hidden cell rests at e = (sum of received feedback) / P, and sends back
 * W^T (f'(a) o P e). In the limit of small nudging P cancels, and the local update is the backprop
 * gradient at any precisions.
 */
public final class PrecisionPredictiveCoding extends ErrorForm {
    private final double[] precisions;

    /**
     * @param precisions precisions of the populations from the first that is not clamped on, used
     *     again from the start if there are more populations; each finite and greater than 0
     */
    public PrecisionPredictiveCoding(double... precisions) {
        super(PredictiveCoding.TRAITS, Dynamics.FIXED_POINT);
        if (precisions.length == 0) {
            throw new IllegalArgumentException("precisions: need at least one");
        }
        for (double p : precisions) {
            if (!(p > 0) || Double.isInfinite(p)) {
                throw new IllegalArgumentException("precisions: need finite numbers > 0, got " + p);
            }
        }
        this.precisions = precisions.clone();
    }

    @Override
    public String optionName() {
        return "precision-pc";
    }

    @Override
    public StatedEnergy energy() {
        return new StatedEnergy(
                Kind.SQUARED_DIVERGENCE, Arrays.stream(precisions).boxed().toList());
    }

    /**
     * {@return the precision P of a population}
     *
     * @param population index of the population; the clamped input is population 0
     */
    public double precision(int population) {
        return precisions[Math.floorMod(population - 1, precisions.length)];
    }

    /** The output's effective nudge is beta / P, which its loss must allow. */
    @Override
    public boolean accepts(Phase phase) {
        return super.accepts(phase) && phase.output() == Phase.Output.NUDGED;
    }

    @Override
    public void announce(CellState s) {
        double p = precision(s.population());
        double[] v = s.backward();
        for (int k = 0; k < v.length; k++) {
            v[k] = s.slope()[k] * p * s.error()[k];
        }
    }

    @Override
    protected void hiddenError(CellState s) {
        double p = precision(s.population());
        for (int k = 0; k < s.error().length; k++) {
            s.error()[k] = s.feedback()[k] / p;
        }
    }

    @Override
    protected void outputError(CellState s) {
        nudgeByLoss(s, 1.0 / precision(s.population()));
    }
}
