package org.relaxon.model.lagrangian;

import java.util.Arrays;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;
import org.relaxon.model.state.RuleMemory;

/**
 * Predictive coding whose predictions are constraints, r = x - f(a) = 0, with one multiplier lambda
 * per neuron (PC-ALM, arXiv 2605.31022; multipliers: Hestenes 1969, Powell 1969). The augmented
 * Lagrangian is beta L(f(a_L)) + sum over hidden cells of lambda r + rho / 2 r^2. A cell sends its
 * activity forward, and back the weighted form of v = f'(a) q with q = rho r + lambda.
 *
 * <p>Given its feedback u, a hidden cell minimises in closed form, r = (u - lambda) / rho, and
 * ascends, lambda += alpha r. Hence q = u at once, before the ascent. An output has no activity of
 * its own: the loss is taken at its prediction, and q is -beta dL/dx there. The point of rest is r
 * = 0 with lambda = -beta dL/dx, so that the update over beta is the backprop gradient exactly, at
 * any beta.
 *
 * <p>With feedback held, lambda keeps the share 1 - alpha / rho of its distance at every
 * relaxation, so alpha is below 2 rho. The response of r to u passes changes alone, by at most 2 /
 * (2 rho - alpha) in the mean square. Let C bound the second derivatives of beta L with respect to
 * all r together. While cells relax equally often, the loop contracts for C less than rho - alpha /
 * 2, whatever the delays of the links (small gain). In the largest norm, which holds for any rates,
 * the response is at most 2 / rho if alpha is at most rho, and C, summed over magnitudes, must be
 * below rho / 2. Both are sufficient, and local where f is curved.
 */
class AugmentedLagrangian extends ErrorForm {
    /** Name of the memory. */
    static final String MULTIPLIER = "multiplier";

    /** No kink keeps a cell from resting: at rest every drive is that of the forward pass. */
    private static final Traits TRAITS =
            Traits.of(Trait.ERROR_FORM, Trait.HOLDS_ERRORS, Trait.CO_PARENTS_INTERACT);

    private final double rho;
    private final double alpha;

    /**
     * @param rho weight of the squared residual, finite and greater than 0
     * @param alpha step of the multipliers, from 0 to 2 rho; 0 freezes them at 0
     * @throws IllegalArgumentException naming the one that is out of range
     */
    AugmentedLagrangian(double rho, double alpha) {
        this(rho, alpha, remembering(rho, alpha), Dynamics.FIXED_POINT);
    }

    AugmentedLagrangian(double rho, double alpha, Traits traits, Dynamics dynamics) {
        super(traits, dynamics);
        this.rho = rho;
        this.alpha = alpha;
    }

    /** The traits, whose multipliers move by alpha / rho of their way; frozen ones are at rest. */
    static Traits remembering(double rho, double alpha) {
        if (!(rho > 0.0 && rho < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rho: %s is not a finite number above 0".formatted(Numeral.text(rho)));
        }
        if (!(alpha >= 0.0)) {
            throw new IllegalArgumentException(
                    "alpha: %s is not a number above 0".formatted(Numeral.text(alpha)));
        }
        if (!(alpha < 2.0 * rho)) {
            throw new IllegalArgumentException(
                    "alpha: %s is not below 2 rho = %s, where a multiplier is stable"
                            .formatted(Numeral.text(alpha), Numeral.text(2.0 * rho)));
        }
        double share = alpha == 0.0 ? 1.0 : Math.min(1.0, alpha / rho);
        return TRAITS.remembering(RuleMemory.perNeuron(MULTIPLIER).withShare(share))
                .choosing(rho, alpha);
    }

    @Override
    public String optionName() {
        return "pc-alm";
    }

    double rho() {
        return rho;
    }

    /** The ascent of one multiplier by its residual. */
    double ascended(double lambda, double residual) {
        return lambda + alpha * residual;
    }

    static double[] multipliers(CellState s) {
        return s.memories().get(MULTIPLIER);
    }

    /** A held neuron violates its constraint for ever, and its multiplier would never rest. */
    @Override
    public boolean accepts(Phase phase) {
        return super.accepts(phase)
                && phase.output() == Phase.Output.NUDGED
                && phase.clamps().isEmpty();
    }

    @Override
    protected void hiddenError(CellState s) {
        double[] r = s.error();
        double[] u = s.feedback();
        double[] lambda = multipliers(s);
        for (int k = 0; k < r.length; k++) {
            r[k] = (u[k] - lambda[k]) / rho;
            lambda[k] = ascended(lambda[k], r[k]);
        }
    }

    /** The activity of an output is its prediction. */
    @Override
    protected void outputError(CellState s) {
        Arrays.fill(s.error(), 0.0);
    }

    /** From the multipliers after the ascent: q = (rho - alpha) r + lambda. */
    @Override
    public void announce(CellState s) {
        double[] v = s.backward();
        if (s.isOutput()) {
            pull(s, v);
        }
        double[] r = s.error();
        double[] lambda = multipliers(s);
        for (int k = 0; k < v.length; k++) {
            double q = s.isOutput() ? v[k] : (rho - alpha) * r[k] + lambda[k];
            v[k] = s.slope()[k] * q;
        }
    }

    /** -beta dL/dx at the prediction; 0 in a free column. */
    private static void pull(CellState s, double[] out) {
        int columns = s.columns();
        for (int c = 0; c < columns; c++) {
            double beta = s.beta()[c];
            if (beta != 0.0) {
                s.loss().pull(s.prediction(), s.target(), s.neurons(), columns, c, s.math(), out);
            }
            for (int k = c; k < out.length; k += columns) {
                out[k] = beta == 0.0 ? 0.0 : beta * out[k];
            }
        }
    }
}
