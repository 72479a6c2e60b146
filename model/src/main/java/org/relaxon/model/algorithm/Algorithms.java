package org.relaxon.model.algorithm;

import static org.relaxon.model.algorithm.Algorithm.ESTIMATOR;
import static org.relaxon.model.algorithm.Algorithm.EXACT;

import org.relaxon.model.algorithm.Algorithm.Start;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase.Output;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.ErrorForm;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.FixedPrediction;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PrecisionPredictiveCoding;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.TermRule;

/** The members of the family that come with the library. */
public final class Algorithms {
    private static final String GRADIENT = "gradient:";

    private Algorithms() {}

    /** {@return predictive coding with a small nudge, in error form} */
    public static Algorithm pcNudge() {
        return pcNudge(new PredictiveCoding());
    }

    /**
     * {@return predictive coding with a small nudge under the dynamics of {@code rule}}
     *
     * @param rule the dynamics of its cells
     */
    public static Algorithm pcNudge(PredictiveCoding rule) {
        return nudged("pc-nudge", rule.variant(), rule, Reference.BACKPROP, ESTIMATOR);
    }

    /**
     * {@return predictive coding at any beta, whose update follows the minimum of its energy}
     *
     * @param rule the dynamics of its cells
     */
    public static Algorithm pc(PredictiveCoding rule) {
        return nudged("pc", rule.variant(), rule, Reference.FINITE_DIFFERENCE, EXACT);
    }

    /**
     * {@return predictive coding with the output held at the target}
     *
     * @param rule the dynamics of its cells
     */
    public static Algorithm pcClamped(PredictiveCoding rule) {
        return new Algorithm(
                "pc-clamped",
                rule.variant(),
                rule,
                Start.REST,
                Output.CLAMPED,
                Strength.NONE,
                Reference.FINITE_DIFFERENCE,
                EXACT);
    }

    /** {@return predictive coding by coordinate minimisation} */
    public static PredictiveCoding coordinate() {
        return PredictiveCoding.coordinate();
    }

    /**
     * {@return predictive coding by coordinate minimisation that cannot raise the energy when cells
     * take turns}
     *
     * @param moves the moves that the curvature sent by a cell allows for until it relaxes again
     */
    public static PredictiveCoding safeguarded(Moves moves) {
        return PredictiveCoding.safeguarded(moves);
    }

    /**
     * {@return predictive coding by gradient steps of size {@code step}}
     *
     * @param step size of a gradient step, dimensionless
     */
    public static PredictiveCoding gradient(double step) {
        return PredictiveCoding.gradient(step);
    }

    /**
     * {@return predictive coding with one precision per population}
     *
     * @param precisions weights of the squared errors, dimensionless, as in {@link
     *     PrecisionPredictiveCoding}
     */
    public static Algorithm precisionPc(double... precisions) {
        return nudged(
                "precision-pc",
                "",
                new PrecisionPredictiveCoding(precisions),
                Reference.BACKPROP,
                ESTIMATOR);
    }

    /** {@return predictive coding with Fenchel-Young divergences} */
    public static Algorithm fenchelYoung() {
        return nudged("fy-pc", "", new FenchelYoung(), Reference.BACKPROP, ESTIMATOR);
    }

    /**
     * {@return predictive coding with Fenchel-Young divergences by coordinate minimisation, which
     * cannot raise the energy when cells take turns}
     *
     * @param moves the moves that the curvature sent by a cell allows for until it relaxes again
     */
    public static Algorithm coordinateFenchelYoung(Moves moves) {
        ErrorForm rule = FenchelYoung.coordinate(moves);
        return nudged("fy-pc", rule.dynamics().optionName(), rule, Reference.BACKPROP, ESTIMATOR);
    }

    /** {@return predictive coding with predictions fixed at the forward pass} */
    public static Algorithm fixedPrediction() {
        return dataflow("", new FixedPrediction());
    }

    /**
     * {@return zero-divergence inference learning}
     *
     * @param rate inference rate: factor of the received feedback; with 1 the changes are the
     *     backprop gradient
     */
    public static Algorithm zeroDivergence(double rate) {
        return dataflow(
                rate == 1.0 ? "" : "rate:" + Numeral.text(rate),
                FixedPrediction.zeroDivergence(rate));
    }

    /**
     * The algorithm of a stated energy. A divergence has one nudged phase and converges to the
     * backprop gradient; any other energy has a free phase first and converges to the implicit
     * gradient.
     *
     * @param term phi(x, a) of every neuron
     * @return the algorithm, named after the term
     */
    public static Algorithm of(EnergyTerm term) {
        return term(term, new TermRule(term));
    }

    /**
     * The algorithm of a stated energy by gradient steps.
     *
     * @param term phi(x, a) of every neuron
     * @param step greater than 0 and at most 1
     * @return the algorithm, named after the term
     */
    public static Algorithm of(EnergyTerm term, double step) {
        return term(term, TermRule.bySteps(term, step));
    }

    private static Algorithm term(EnergyTerm term, TermRule rule) {
        boolean divergence = term.isDivergence();
        return new Algorithm(
                term.optionName(),
                rule.variant(),
                rule,
                divergence ? Start.REST : Start.FREE,
                Output.NUDGED,
                Strength.BETA,
                divergence ? Reference.BACKPROP : Reference.IMPLICIT,
                ESTIMATOR);
    }

    /** {@return dual propagation} */
    public static Algorithm dualPropagation() {
        return nudged("dual-propagation", "", new DualPropagation(), Reference.BACKPROP, 2);
    }

    /**
     * {@return dual propagation in its original form with an asymmetric nudge}
     *
     * @param alpha from 0 to 1; with 1/2 it is {@link #dualPropagation()}
     */
    public static Algorithm dualPropagation(double alpha) {
        return pairs(DualPropagation.asymmetric(alpha));
    }

    /**
     * {@return DP-top, dual propagation whose forward activity does not follow the feedback to
     * first order}
     *
     * @param alpha from 0 to 1; with 1/2 it equals {@link #dualPropagation()}
     */
    public static Algorithm dualPropagationTop(double alpha) {
        return pairs(DualPropagation.top(alpha));
    }

    private static Algorithm pairs(DualPropagation rule) {
        int order = rule.energy().pair().weight() == 0.5 ? 2 : 1;
        return nudged(rule.optionName(), "", rule, Reference.BACKPROP, order);
    }

    /**
     * {@return equilibrium propagation}
     *
     * @param form what the cells hold
     */
    public static Algorithm equilibriumPropagation(Form form) {
        return hopfield("ep", form, Output.NUDGED, Strength.BETA, Reference.IMPLICIT, ESTIMATOR);
    }

    /**
     * {@return equilibrium propagation by gradient steps, in plain form}
     *
     * @param step size of a gradient step, dimensionless
     */
    public static Algorithm equilibriumPropagation(double step) {
        return new Algorithm(
                "ep",
                GRADIENT + step,
                Hopfield.gradient("ep", step),
                Start.FREE,
                Output.NUDGED,
                Strength.BETA,
                Reference.IMPLICIT,
                ESTIMATOR);
    }

    /**
     * {@return holomorphic equilibrium propagation; its estimator is {@code Estimator.roots(N)}}
     */
    public static Algorithm holomorphic() {
        return new Algorithm(
                "hep",
                "",
                Hopfield.holomorphic(),
                Start.FREE,
                Output.NUDGED,
                Strength.COMPLEX,
                Reference.IMPLICIT,
                ESTIMATOR);
    }

    /**
     * {@return contrastive Hebbian learning with feedback gain gamma and a clamped output}
     *
     * @param form what the cells hold
     */
    public static Algorithm contrastiveHebbian(Form form) {
        return hopfield(
                "chl", form, Output.DISPLACED, Strength.GAMMA, Reference.BACKPROP, ESTIMATOR);
    }

    /**
     * {@return contrastive Hebbian learning with gain 1 and a clamped output}
     *
     * @param form what the cells hold
     */
    public static Algorithm clampedHebbian(Form form) {
        return hopfield(
                "chl-clamped",
                form,
                Output.DISPLACED,
                Strength.NONE,
                Reference.FINITE_DIFFERENCE,
                EXACT);
    }

    /**
     * {@return coupled learning}
     *
     * @param form what the cells hold
     */
    public static Algorithm coupled(Form form) {
        return hopfield(
                "coupled",
                form,
                Output.DISPLACED,
                Strength.BETA,
                Reference.METRIC_WEIGHTED,
                ESTIMATOR);
    }

    private static Algorithm nudged(
            String name, String variant, Rule rule, Reference reference, int order) {
        return new Algorithm(
                name, variant, rule, Start.REST, Output.NUDGED, Strength.BETA, reference, order);
    }

    private static Algorithm dataflow(String variant, Rule rule) {
        return new Algorithm(
                rule.optionName(),
                variant,
                rule,
                Start.FREE,
                Output.NUDGED,
                Strength.NONE,
                Reference.BACKPROP,
                EXACT);
    }

    private static Algorithm hopfield(
            String name,
            Form form,
            Output output,
            Strength strength,
            Reference reference,
            int order) {
        Start start = form == Form.DIFFERENCE ? Start.DIFFERENCES : Start.FREE;
        String variant = form == Form.DIFFERENCE ? form.optionName() : "";
        return new Algorithm(
                name, variant, new Hopfield(name), start, output, strength, reference, order);
    }
}
