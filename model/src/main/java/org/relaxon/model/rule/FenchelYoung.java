package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/**
 * Predictive coding with Fenchel-Young divergences, I = sum G(x_l) + G*(a_l) - x_l a_l with (G*)' =
 * f: zero exactly at x = f(a), convex in each x. A hidden cell rests at x = f(a + feedback), so its
 * error is f(a + feedback) - f(a). It sends back W^T e, and no slope appears anywhere (the
 * divergences are Fenchel-Young losses, Blondel, Martins and Niculae 2020).
 */
public final class FenchelYoung extends ErrorForm {
    /**
     * {@return the same energy by coordinate minimisation, which cannot raise it when cells take
     * turns}
     *
     * @param moves what the curvature that a cell sends allows for until it relaxes again
     */
    public static ErrorForm coordinate(Moves moves) {
        return new CoordinateFenchelYoung(moves);
    }

    @Override
    public String optionName() {
        return "fy-pc";
    }

    @Override
    public StatedEnergy energy() {
        return StatedEnergy.unlessExtended(this, Kind.FENCHEL_YOUNG_DIVERGENCE);
    }

    /** A cross-entropy output needs a linear f, which the loss already requires. */
    @Override
    public void validate(Network network) {
        for (Population output : network.outputs()) {
            boolean linear = output.activation() == StandardActivation.LINEAR;
            if (!linear && network.loss() != StandardLoss.SQUARED) {
                throw new IllegalArgumentException(
                        "fy-pc: loss %s needs a linear output"
                                .formatted(network.loss().optionName()));
            }
        }
    }

    @Override
    public void announce(CellState s) {
        System.arraycopy(s.error(), 0, s.backward(), 0, s.error().length);
    }

    @Override
    protected void hiddenError(CellState s) {
        double[] a = s.drive();
        double[] e = s.error();
        for (int k = 0; k < e.length; k++) {
            e[k] = s.activation().increment(a[k], s.prediction()[k], s.feedback()[k], s.math());
        }
    }

    @Override
    protected void outputError(CellState s) {
        if (s.activation() == StandardActivation.LINEAR) {
            nudgeByLoss(s);
            return;
        }
        for (int k = 0; k < s.error().length; k++) {
            double mu = s.prediction()[k];
            double beta = s.beta()[k % s.columns()];
            s.error()[k] =
                    beta == 0.0
                            ? 0.0
                            : OutputNudge.solve(s, s.drive()[k], mu, 0.0, beta, s.target()[k] - mu);
        }
    }
}
