package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.compare.ProjectionComparison;

/**
 * Angle and distance between one minibatch's local update and the gradient that backprop computes
 * at the same weights, over the examples that settled.
 *
 * @param step changes of the weights made before
 * @param cosine between the two, over all weights and biases, without epsilon; NaN if no example
 *     settled or a gradient is zero
 * @param oneMinusCosine 1 - cosine, without the cancellation; NaN likewise
 * @param relativeError |g - R| / |R|; NaN likewise
 * @param examples that were compared
 * @param crossed kinks across which the nudge has moved units of these examples; see {@link
 *     org.relaxon.experiments.reference.CrossedKinks}; -1 where the free state is not the
 *     feedforward pass and they are not counted
 * @param parts the same per projection and population's biases, in the order of {@link
 *     org.relaxon.experiments.compare.GradientComparison}; empty where there was nothing to compare
 * @param change the step's change of weights and biases, compared with that by backprop's gradient;
 *     null where no step was taken or weights change while cells settle
 */
public record Alignment(
        long step,
        double cosine,
        double oneMinusCosine,
        double relativeError,
        int examples,
        int crossed,
        List<ProjectionComparison> parts,
        AppliedChange change) {
    static Alignment none(long step) {
        return new Alignment(step, Double.NaN, Double.NaN, Double.NaN, 0, -1, List.of(), null);
    }

    /** The same with the change that the step applied. */
    Alignment with(AppliedChange applied) {
        return new Alignment(
                step, cosine, oneMinusCosine, relativeError, examples, crossed, parts, applied);
    }

    /** {@return the angle between the two, degrees; NaN if there was nothing to compare} */
    public double angleDegrees() {
        return ProjectionComparison.angleDegrees(cosine, oneMinusCosine);
    }

    /** {@return true if there was anything to compare} */
    public boolean exists() {
        return !Double.isNaN(cosine);
    }
}
