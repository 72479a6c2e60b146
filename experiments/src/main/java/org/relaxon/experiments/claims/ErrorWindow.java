package org.relaxon.experiments.claims;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;

/**
 * The required range of the relative error of an estimate at a finite nudging strength. It has a
 * lower end: an estimate closer to backprop than the nudge allows is not the result of nudging.
 *
 * <p>The feedback is (1 + beta L'' S)^-1 g instead of g ({@link Amplification}), so a one-sided
 * estimate is off by about beta |L'' S|, and a centred one, in which the odd powers cancel, by the
 * square of that. With A = {@code most}, a = {@code typical} and order k the window is
 *
 * <pre>  (low beta a)^k  to  (high beta A)^k cancellation</pre>
 *
 * <p>One weight layer with linear output and squared loss has A = a = 1 and relative error beta /
 * (1 + beta) or beta^2 / (1 - beta^2) exactly. Initialisation, gain, depth and data need no factors
 * of their own: they act through S. With the defaults (8-16-12-4, tanh, uniform weights, 200 seeds)
 * A is 1.3 to 3.0, and one-sided errors of 1.19 to 2.19 beta stand against windows that begin at
 * .45 to .81 beta and end at 3.4 to 7.4 beta; with 12 layers and He's initialisation A exceeds
 * 10^4.
 *
 * <p>The factors allow about twice the measured range. On the virtual host, 45 056 estimates: 7
 * networks of 1 to 12 weight layers, 6 activations, 4 initialisations and gains .3, 1 and 2,
 * batches of 1 and 16, 8 seeds each, one-sided at beta 1e-7 and centred at 1e-5. Least error^(1/k)
 * / (beta a) and largest (error / cancellation)^(1/k) / (beta A):
 *
 * <table> <caption>Measured extremes</caption> <tr><th>output,
 * loss</th><th>pc-nudge</th><th>fy-pc</th><th>low, high</th></tr> <tr><td>linear,
 * squared</td><td>.84, 1.19</td><td>.80, 1.20</td><td>.4, 2.5</td></tr> <tr><td>linear,
 * cross-entropy</td><td>.59, 1.19</td><td>.40, 1.30</td><td>.2, 2.5</td></tr> <tr><td>curved, 1 to
 * 4 layers</td><td>.20, 2.1</td><td>.21, 3.2</td><td>.1, 10</td></tr> <tr><td>curved,
 * deeper</td><td>.28, 5.2</td><td>.27, 6.4</td><td>.1, 10</td></tr> </table>
 *
 * <p>16 centred estimates without a slope of 2 are excluded: six with a neuron within reach of a
 * kink that did not settle, two that crossed one, and eight so close to backprop (a softmax or
 * sigmoid in saturation) that round-off is visible. An output that saturates completely is not
 * covered: its reference gradient vanishes. Any other rule uses the factors of a curved output and
 * S with P = 1.
 *
 * @param lower least relative error
 * @param upper largest relative error
 */
public record ErrorWindow(double lower, double upper) {
    private static final double LOW_SQUARED = 0.4;
    private static final double LOW_CROSS_ENTROPY = 0.2;
    private static final double HIGH = 2.5;
    private static final double LOW_CURVED = 0.1;
    private static final double HIGH_CURVED = 10.0;

    /**
     * {@return true if an error lies in the window; false for NaN}
     *
     * @param relativeError of an estimate
     */
    public boolean contains(double relativeError) {
        return lower <= relativeError && relativeError <= upper;
    }

    /** How often round-off and unsent changes enter a gradient, relative to its size. */
    static final double NOISE = 100.0;

    /** Round-off of one activity in double precision, relative. */
    private static final double ROUND_OFF = 2e-16;

    /** Round-off of one activity, relative. */
    static double roundOff(Kernels.Precision precision) {
        return ROUND_OFF * (precision.rounding() / Kernels.Precision.DOUBLE.rounding());
    }

    /** Largest allowed ratio of a measured error to the predicted one, and its inverse. */
    static final double ROOM = 1.5;

    /**
     * The window around an error that was predicted for this particular problem.
     *
     * @param predicted relative error; NaN for a window that contains nothing
     * @param noise relative error from rounding and unsent changes
     * @return the window
     */
    public static ErrorWindow around(double predicted, double noise) {
        return new ErrorWindow(Math.max(0.0, predicted / ROOM - noise), predicted * ROOM + noise);
    }

    /** The window extended by a further relative error on both sides. */
    ErrorWindow widened(double share) {
        return new ErrorWindow(Math.max(0.0, lower - share), upper + share);
    }

    /** The window of a claim about a layered divergence. */
    static ErrorWindow of(Claim claim, double beta, Problem problem) {
        Rule rule = claim.algorithm().rule();
        ErrorWindow plain = of(rule, claim.estimator(), beta, problem);
        StatedEnergy energy = rule.energy();
        if (energy.precisions().isEmpty()) {
            return plain;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0.0;
        for (Population p : problem.network().populations()) {
            if (p.role() != Population.Role.INPUT) {
                least = Math.min(least, energy.precision(p.index()));
                most = Math.max(most, energy.precision(p.index()));
            }
        }
        int order = claim.order();
        return new ErrorWindow( // S is a sum over populations of terms in 1 / P
                plain.lower() / StrictMath.pow(most, order),
                plain.upper() / StrictMath.pow(least, order));
    }

    /** The window of an estimate for a problem at nudging strength {@code beta}. */
    static ErrorWindow of(Rule rule, Estimator estimator, double beta, Problem problem) {
        Network network = problem.dense().orElse(problem).network(); // lists, if it is too large
        StatedEnergy energy = rule.energy();
        boolean fenchelYoung = energy.kind() == Kind.FENCHEL_YOUNG_DIVERGENCE;
        Amplification felt =
                Amplification.of(
                        network,
                        network.parameters(),
                        problem.input(),
                        problem.target(),
                        fenchelYoung ? Divergence.FENCHEL_YOUNG : Divergence.SQUARED_DISTANCE);
        boolean straight =
                energy.isLayered()
                        && energy.precisions().isEmpty()
                        && network.outputs().stream()
                                .allMatch(p -> p.activation() == StandardActivation.LINEAR)
                        && network.loss() instanceof StandardLoss;
        double low = network.loss() == StandardLoss.SQUARED ? LOW_SQUARED : LOW_CROSS_ENTROPY;
        int order = estimator.order();
        double scale = beta * estimator.leadingMultiple();
        double least = (straight ? low : LOW_CURVED) * scale * felt.typical();
        double largest = (straight ? HIGH : HIGH_CURVED) * scale * felt.most();
        return new ErrorWindow(
                StrictMath.pow(least, order), StrictMath.pow(largest, order) * felt.cancellation());
    }
}
