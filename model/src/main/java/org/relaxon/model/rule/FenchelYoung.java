package org.relaxon.model.rule;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.network.Network;
import org.relaxon.model.state.CellState;

/**
 * Predictive coding with Fenchel-Young divergences, I = sum G(x_l) + G*(a_l) - x_l a_l with (G*)' =
 * f: zero exactly at x = f(a), convex in each x. A hidden cell rests at x = f(a + feedback), so its
 * error is f(a + feedback) - f(a); W^T e travels back and no slope appears anywhere (the
 * divergences are Fenchel-Young losses, Blondel, Martins and Niculae 2020).
 */
public final class FenchelYoung extends ErrorForm {
    private static final int ITERATIONS_MAX = 1000;

    @Override
    public String optionName() {
        return "fy-pc";
    }

    @Override
    public boolean usesSlope() {
        return false;
    }

    /** A cross-entropy output needs a linear f, which the loss itself already asks for. */
    @Override
    public void validate(Network network) {
        boolean linear = network.output().activation() == StandardActivation.LINEAR;
        if (!linear && network.loss() != Loss.SQUARED) {
            throw new IllegalArgumentException(
                    "fy-pc: loss %s needs a linear output".formatted(network.loss().optionName()));
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
            s.error()[k] = outputError(s, k, s.beta()[k % s.columns()]);
        }
    }

    /**
     * Solves e = f(a + beta (T - mu - e)) - f(a) for one neuron. The right side falls with e, so
     * the damped iteration contracts for any beta between -1 / max f' and infinity.
     */
    private static double outputError(CellState s, int k, double beta) {
        double a = s.drive()[k];
        double mu = s.prediction()[k];
        double damping = 1.0 / (1.0 + Math.max(0.0, beta) * s.activation().steepest());
        double e = 0.0;
        for (int i = 0; i < ITERATIONS_MAX; i++) {
            double h = beta * (s.target()[k] - mu - e);
            double step = damping * (s.activation().increment(a, mu, h, s.math()) - e);
            if (Math.abs(step) <= Math.ulp(e)) {
                break;
            }
            e += step;
        }
        return e;
    }
}
