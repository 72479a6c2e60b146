package org.relaxon.experiments.training;

import org.relaxon.experiments.compare.ProjectionComparison;

/**
 * One point of a learning curve.
 *
 * @param step changes of the weights made so far
 * @param epochs examples seen, in epochs
 * @param trainLoss mean loss on a fixed part of the training set
 * @param trainAccuracy share of it classified correctly; NaN if the task has no accuracy or no
 *     example settled
 * @param testLoss mean loss on the test set
 * @param testAccuracy share of it classified correctly; an example that does not settle counts as
 *     wrong; NaN if none settled
 * @param trainR2 share of the variance of its targets that the outputs explain; NaN if the task has
 *     an accuracy or the targets do not vary
 * @param testR2 the same for the test set
 * @param unsettled examples of both that did not settle; they are in no loss
 * @param cosine between the local update of a fixed minibatch and backprop; NaN if there is none
 * @param oneMinusCosine 1 - cosine, without the cancellation; NaN likewise
 */
public record Evaluation(
        long step,
        double epochs,
        double trainLoss,
        double trainAccuracy,
        double testLoss,
        double testAccuracy,
        double trainR2,
        double testR2,
        int unsettled,
        double cosine,
        double oneMinusCosine) {
    /** For a training that was stopped before its first evaluation. */
    static final Evaluation NONE =
            new Evaluation(
                    0,
                    0.0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    0,
                    Double.NaN,
                    Double.NaN);

    /**
     * The figure that patience waits for: the test accuracy, or minus the test loss where the task
     * has none.
     */
    double merit() {
        return Double.isNaN(testAccuracy) ? -testLoss : testAccuracy;
    }

    /** {@return the angle between local update and backprop, degrees; NaN without a cosine} */
    public double angleDegrees() {
        return ProjectionComparison.angleDegrees(cosine, oneMinusCosine);
    }
}
