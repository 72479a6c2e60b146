package org.relaxon.experiments.theory;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.NoReferenceException;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.GradientEstimate;

/**
 * The reference of one estimate.
 *
 * @param gradient to compare with, stated as dLoss/dtheta with the loss summed over the batch. NaN
 *     everywhere if the free state that was reached is further than 1e-6 and the tolerance, in one
 *     neuron, from the equilibrium that the reference itself computes for it, or if the reference
 *     cannot be computed
 * @param objection why that state is refused or the reference cannot be computed, in one line;
 *     empty if neither
 * @param freeAtKink units of the free state that stand on a kink of their activation: there the
 *     loss has no gradient, and the element of the generalised one that is nearest to the estimate
 *     is taken, or the objection states that this reference does not compute it
 * @param floor difference of estimate and reference that rounding and unsent changes explain,
 *     Frobenius norm over all weights and biases; 0 where the estimate is so close that it was not
 *     computed, NaN if it is not known
 */
public record ReferenceOf(Parameters gradient, String objection, int freeAtKink, double floor) {
    /** Beyond this, a relative error may be that of two numbers that are zero to rounding. */
    private static final double LARGE = 1e-3;

    /** Up to this norm, relative to 1 and the target, a reference may be zero to rounding. */
    private static final double SMALL = 1e-6;

    /**
     * Computes the reference of an estimate.
     *
     * @param method of the estimate
     * @param against the reference to compare with; null for the algorithm's own
     * @param problem network and batch
     * @param estimate that has an update
     * @param tolerance of the audit that judged the estimate
     * @return the reference, or an objection instead
     * @throws IllegalArgumentException if {@code against} is not defined for this algorithm; if the
     *     algorithm's own reference is not, that is an objection
     * @throws GaveUpException if a stop is requested meanwhile; a reference that needs more than
     *     {@link Effort#REFERENCE} gives an objection instead
     */
    public static ReferenceOf estimate(
            Method method,
            Reference against,
            Problem problem,
            GradientEstimate estimate,
            double tolerance) {
        return estimate(method, against, problem, estimate, tolerance, 0.0);
    }

    /**
     * Computes the reference of an estimate whose cells did not send small changes.
     *
     * @param method of the estimate
     * @param against the reference to compare with; null for the algorithm's own
     * @param problem network and batch
     * @param estimate that has an update
     * @param tolerance of the audit that judged the estimate
     * @param threshold largest change of an activity that was not sent
     * @return the reference, or an objection instead
     */
    public static ReferenceOf estimate(
            Method method,
            Reference against,
            Problem problem,
            GradientEstimate estimate,
            double tolerance,
            double threshold) {
        Network network = problem.network();
        ReferenceGradient feedforward =
                Backprop.whereDefined(
                        network, network.parameters(), problem.input(), problem.target());
        Parameters backprop = feedforward == null ? null : feedforward.gradient();
        double strength = method.strength();
        Claim claim = Claim.of(method.algorithm(), method.estimator(), against, network);
        double farthest = Math.max(NotAnEquilibriumException.FARTHEST, tolerance);
        Yardstick yardstick = new Yardstick(claim, problem, backprop, strength, farthest);
        Parameters gradient;
        try {
            gradient = yardstick.reference(estimate, strength);
        } catch (NoReferenceException e) {
            if (against != null) {
                throw e;
            }
            return without(network, e.why());
        }
        double error =
                GradientComparison.of(network, estimate.update().gradient(), gradient)
                        .total()
                        .relativeError();
        double size = GradientComparison.norm(network, gradient);
        boolean asked = !(error <= LARGE) && size <= SMALL * (1.0 + norm(problem.target()));
        double floor = asked ? yardstick.floor(strength, threshold) : 0.0;
        String why = yardstick.objection() + yardstick.unjudged(); // of which one is empty
        return new ReferenceOf(gradient, why, yardstick.atKink(), floor);
    }

    /**
     * {@return the reason why a comparison with this reference has no relative error: both sides
     * are zero, exactly or to rounding; empty if it has one}
     *
     * @param network whose parameters are compared
     * @param comparison of an estimate with this reference
     */
    public String zeroBesideZero(Network network, GradientComparison comparison) {
        ProjectionComparison total = comparison.total();
        if (total.isZeroBesideZero()) {
            return total.cosineReason();
        }
        double off = total.rmse() * Math.sqrt(total.elements());
        boolean both = off <= floor && GradientComparison.norm(network, gradient) <= floor;
        return both ? "estimate and reference are zero, to rounding" : "";
    }

    private static double norm(Matrix m) {
        double sum = 0.0;
        for (double v : m.values()) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    /**
     * {@return the result for a reference that does not exist}
     *
     * @param network whose shapes it has
     * @param why reason, one line
     */
    public static ReferenceOf without(Network network, String why) {
        Parameters nothing = network.zeros();
        Sums.add(network, nothing, Double.NaN, nothing);
        return new ReferenceOf(nothing, why, 0, Double.NaN);
    }
}
