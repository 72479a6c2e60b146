package org.relaxon.experiments.claims;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

/**
 * Where the relative error of an estimate at a finite nudging strength has to lie. There is a lower
 * end: an estimate that is closer to backprop than the nudge allows does not come from nudging.
 *
 * @param lower least relative error
 * @param upper largest relative error
 */
public record ErrorWindow(double lower, double upper) {

    /** False for NaN. */
    public boolean contains(double relativeError) {
        return lower <= relativeError && relativeError <= upper;
    }

    static ErrorWindow of(Rule rule, Estimator estimator, double beta, Problem problem) {
        Amplification.Divergence divergence =
                rule instanceof FenchelYoung
                        ? Amplification.Divergence.FENCHEL_YOUNG
                        : Amplification.Divergence.SQUARED_DISTANCE;
        Amplification a =
                Amplification.of(
                        problem.network(),
                        problem.network().parameters(),
                        problem.input(),
                        problem.target(),
                        divergence);
        boolean known = rule instanceof FenchelYoung || rule instanceof PredictiveCoding;
        boolean exact = known && problem.network().output().activation() == StandardActivation.LINEAR;
        double least = exact ? LEAST : LEAST_CURVED;
        double most = exact ? MOST : MOST_CURVED;
        int order = estimator.order();
        return new ErrorWindow(
                StrictMath.pow(least * beta * a.typical(), order),
                StrictMath.pow(most * beta * a.most(), order) * a.cancellation());
    }

    private static final double LEAST = 0.4;
    private static final double MOST = 3.2;
    private static final double LEAST_CURVED = 0.05;
    private static final double MOST_CURVED = 10.0;
}
