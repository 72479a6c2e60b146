package org.relaxon.experiments.training;

import java.util.List;
import org.relaxon.model.network.Parameters;

/**
 * A training that has ended. It claims no gradient and no equilibrium, only measured figures.
 *
 * @param parameters weights and biases at the end; of the last evaluation if it diverged
 * @param curve evaluations, the first before any learning; empty if it was stopped before that
 * @param changes settings that changed when the training continued from a checkpoint
 * @param counts signals, operations and examples counted
 * @param ending why it ended
 * @param detail one line if examples did not settle or it diverged; empty otherwise
 */
public record TrainResult(
        Parameters parameters,
        List<Evaluation> curve,
        List<SettingChange> changes,
        TrainCounts counts,
        Ending ending,
        String detail) {
    /** Why a training ends. */
    public enum Ending {
        /** All steps done. */
        DONE,
        /** No improvement within the patience. */
        PATIENCE,
        /** Stopped on request. */
        STOPPED,
        /** Examples did not settle. */
        UNSETTLED,
        /** A weight, a bias or a local update is not finite. */
        DIVERGED
    }

    /**
     * {@return the same with more in its detail}
     *
     * @param more to be appended, after a semicolon unless it is the first
     */
    public TrainResult with(String more) {
        String whole = detail.isEmpty() ? more.replaceFirst("^; ", "") : detail + more;
        return new TrainResult(parameters, curve, changes, counts, ending, whole);
    }

    /**
     * {@return the last point of the curve} It is that of the end, unless the training was stopped
     * and its last evaluation did not finish in time.
     */
    public Evaluation last() {
        return curve.isEmpty() ? Evaluation.NONE : curve.get(curve.size() - 1);
    }

    /**
     * {@return the highest accuracy on the test set; NaN if the task has none or no example ever
     * settled}
     */
    public double bestAccuracy() {
        return curve.stream()
                .mapToDouble(Evaluation::testAccuracy)
                .filter(accuracy -> !Double.isNaN(accuracy))
                .max()
                .orElse(Double.NaN);
    }
}
