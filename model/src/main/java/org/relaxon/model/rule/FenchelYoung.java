package org.relaxon.model.rule;

import org.relaxon.model.activation.Activation;
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
     * Solves e = F(e) = f(a + beta (T - mu - e)) - f(a) for one neuron by Newton's method within a
     * bracket. e - F(e) rises with e for every beta above -1 / max f'; the root lies between 0 and
     * F(0), which for a negative beta is widened by 1 / (1 + beta max f').
     */
    private static double outputError(CellState s, int k, double beta) {
        Activation f = s.activation();
        double a = s.drive()[k];
        double mu = s.prediction()[k];
        double distance = s.target()[k] - mu;
        double e = f.increment(a, mu, beta * distance, s.math());
        if (!(Math.abs(e) > 0.0)) {
            return e; // 0, or not a number
        }
        double end = beta > 0.0 ? e : e / (1.0 + beta * f.steepest());
        double low = Math.min(0.0, end);
        double high = Math.max(0.0, end);
        for (int i = 0; i < ITERATIONS_MAX; i++) {
            double h = beta * (distance - e);
            double gap = e - f.increment(a, mu, h, s.math());
            if (gap == 0.0) {
                break;
            }
            low = gap > 0.0 ? low : e;
            high = gap > 0.0 ? e : high;
            double slope = f.slope(a + h, f.value(a + h, s.math()), s.math());
            double next = e - gap / (1.0 + beta * slope);
            if (!(next > low && next < high)) {
                next = low + 0.5 * (high - low);
            }
            double step = Math.abs(next - e);
            e = next;
            if (step <= Math.ulp(e)) {
                break;
            }
        }
        return e;
    }
}
