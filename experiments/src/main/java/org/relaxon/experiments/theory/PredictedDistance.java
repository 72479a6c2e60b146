package org.relaxon.experiments.theory;

import java.util.Optional;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Predictions;
import org.relaxon.experiments.claims.References;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.GradientEstimate;

/**
 * The distance that theory predicts between the gradient at a finite strength and its limit at
 * strength 0: backprop where the free state is the feedforward pass, even for algorithms that are
 * exact, and otherwise the algorithm's own reference.
 *
 * @param error expected relative error
 * @param from name of the gradient that it is measured against
 */
public record PredictedDistance(double error, String from) {
    /** Multiplications: about a second, as advice may take. */
    private static final long EFFORT = 30_000_000L;

    /**
     * Predicts the distance.
     *
     * @param method of the estimate
     * @param problem network and batch
     * @param settled an estimate of this composition that settled, for its free state
     * @return nothing where there is no strength, or theory does not reach that far within about a
     *     second
     * @throws GaveUpException if a stop is asked meanwhile
     */
    public static Optional<PredictedDistance> of(
            Method method, Problem problem, GradientEstimate settled) {
        boolean none = method.algorithm().strength() == Algorithm.Strength.NONE;
        if (none || method.strength() == 0.0 || !problem.network().noEnergy().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Effort.within(EFFORT, () -> compute(method, problem, settled));
        } catch (GaveUpException e) {
            if (e.asked()) {
                throw e;
            }
            return Optional.empty();
        } catch (IllegalStateException | NotAnEquilibriumException e) {
            return Optional.empty(); // no branch to predict on
        }
    }

    private static Optional<PredictedDistance> compute(
            Method method, Problem problem, GradientEstimate settled) {
        Network network = problem.network();
        Algorithm algorithm = method.algorithm();
        double strength = method.strength();
        Claim claim = Claim.of(algorithm, method.estimator(), null);
        ReferenceGradient feedforward =
                Backprop.whereDefined(
                        network, network.parameters(), problem.input(), problem.target());
        Parameters backprop = feedforward == null ? null : feedforward.gradient();
        boolean hopfield = algorithm.rule().energy().isHopfield();
        Matrix[] free = Yardstick.freeState(settled);
        Optional<Parameters> ideal =
                Predictions.of(claim, problem, free, strength, NotAnEquilibriumException.FARTHEST);
        if (ideal.isEmpty() || hopfield && claim.isExact()) {
            return Optional.empty();
        }
        Parameters limit =
                hopfield
                        ? References.of(
                                claim,
                                problem,
                                backprop,
                                settled,
                                free,
                                strength,
                                NotAnEquilibriumException.FARTHEST)
                        : backprop;
        double error = GradientComparison.of(network, ideal.get(), limit).total().relativeError();
        String from = (hopfield ? claim.reference() : Reference.BACKPROP).optionName();
        return Double.isFinite(error)
                ? Optional.of(new PredictedDistance(error, from))
                : Optional.empty();
    }
}
