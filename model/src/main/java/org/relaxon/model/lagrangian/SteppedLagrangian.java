package org.relaxon.model.lagrangian;

import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;

/**
 * The augmented Lagrangian by steps of activities, as in the publication: x -= eta (q - u), then
 * lambda += alpha r. The size eta of a neuron's step follows from the curvature C that its cell
 * receives with the feedback: eta = step / (rho + alpha / 2 + C). C is a separable bound of W^T
 * (f'^2 (rho + alpha / 2)) W (De Pierro 1995). In a chain without delays steps of at most 1 then
 * stay within the published limit eta sigma^2 (2 rho + alpha) less than 4 (f linear): twice the
 * bound exceeds the matrix of a chain, whose two colours of layers may change sign. The error is x
 * - f(a), with its rounding.
 */
final class SteppedLagrangian extends AugmentedLagrangian {
    private final Steps steps;

    /**
     * @param rho weight of the squared residual
     * @param alpha step of the multipliers
     * @param step greater than 0 and at most 1
     */
    SteppedLagrangian(double rho, double alpha, double step) {
        this(rho, alpha, new Steps(step, rho + 0.5 * alpha, new AugmentedLagrangian(rho, alpha)));
    }

    private SteppedLagrangian(double rho, double alpha, Steps steps) {
        super(
                rho,
                alpha,
                remembering(rho, alpha).without(Trait.HOLDS_ERRORS).with(steps.traits()),
                steps);
        this.steps = steps;
    }

    /** Moves activity and multiplier; an output moves to its prediction. */
    @Override
    public void correct(CellState s) {
        double[] x = s.activity();
        double[] r = s.error();
        boolean moved = false;
        for (int k = 0; k < x.length; k++) {
            double mu = s.prediction()[k];
            double next = s.isOutput() ? mu : x[k] - steps.step() * steps.descent(s, k);
            moved |= next != x[k]; // NaN counts as a move, and the guard finds it
            x[k] = next;
            r[k] = next - mu;
            if (!s.isOutput()) {
                multipliers(s)[k] = ascended(multipliers(s)[k], r[k]);
            }
        }
        s.moved(moved);
        announce(s);
    }

    /**
     * How the activities move.
     *
     * @param step fraction of the whole step
     * @param weight rho + alpha / 2
     * @param judge the rule whose point of rest is the same
     */
    private record Steps(double step, double weight, AugmentedLagrangian judge)
            implements Dynamics {
        Steps {
            if (!(step > 0.0 && step <= 1.0)) {
                throw new IllegalArgumentException("step: " + step + " is not in 0..1, 0 excluded");
            }
        }

        /** The whole step of a hidden neuron against its gradient, from its present activity. */
        double descent(CellState s, int k) {
            double x = s.activity()[k];
            double c = s.curvature(k);
            double q = judge.rho() * (x - s.prediction()[k]) + multipliers(s)[k];
            return (q - s.pulled(k) + c * x) / (weight + c);
        }

        @Override
        public String optionName() {
            return "gradient:" + step;
        }

        @Override
        public Units units() {
            return Units.OF_DIFFERENCES;
        }

        @Override
        public Rule judge(Rule own) {
            return judge;
        }

        @Override
        public Traits traits() {
            return Traits.of(Trait.SENDS_CURVATURE);
        }

        /** A residual that is left asks for a turn by moving the multiplier. */
        @Override
        public boolean wantsAnotherTurn(CellState s, double threshold) {
            if (!s.moved() || s.isOutput()) {
                return false;
            }
            for (int k = 0; k < s.activity().length; k++) {
                if (Math.abs(descent(s, k)) > threshold) {
                    return true;
                }
            }
            return false;
        }

        /** Of the squared residual, and at an output of the loss. */
        @Override
        public void driveCurvature(CellState s, double[] out) {
            for (int k = 0; k < out.length; k++) {
                double slope = s.slope()[k];
                out[k] = slope * slope * (s.isOutput() ? 0.0 : weight);
            }
            if (s.isOutput()) {
                addLoss(s, out);
            }
        }

        private static void addLoss(CellState s, double[] out) {
            int n = s.neurons();
            int columns = s.columns();
            boolean couples = s.loss().couplesOutputs();
            double[] second = new double[couples ? n * n : n];
            for (int c = 0; c < columns; c++) {
                double beta = Math.abs(s.beta()[c]);
                if (beta == 0.0) {
                    continue;
                }
                s.loss().curvature(s.prediction(), s.target(), n, columns, c, s.math(), second);
                for (int i = 0; i < n; i++) {
                    double slope = s.slope()[i * columns + c];
                    out[i * columns + c] = beta * slope * slope * bound(second, n, i, couples);
                }
            }
        }

        /** A diagonal matrix with these numbers exceeds the second derivatives (Gershgorin). */
        private static double bound(double[] second, int n, int i, boolean couples) {
            if (!couples) {
                return Math.abs(second[i]);
            }
            double sum = 0.0;
            for (int j = 0; j < n; j++) {
                sum += Math.abs(second[i * n + j]);
            }
            return sum;
        }
    }
}
