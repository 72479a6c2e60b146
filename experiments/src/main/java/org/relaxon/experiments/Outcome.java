package org.relaxon.experiments;

import java.util.Optional;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunReport;

/**
 * The result of an {@link Experiment}.
 *
 * @param verdict settled, or not settled with a reason
 * @param report messages, relaxations and times
 * @param comparison of the local updates with the gradient that they should converge to; empty
 *     without one
 * @param why there is no comparison, in one line; empty beside one
 */
public record Outcome(
        Settlement verdict, RunReport report, Optional<GradientComparison> comparison, String why) {

    /** {@return whether the network came to rest at an equilibrium, so that it has an update} */
    public boolean isSettled() {
        return verdict instanceof Conclusive;
    }

    /**
     * {@return |g - R| / |R| of the local updates g and the reference R, over all weights and
     * biases}
     *
     * @throws IllegalStateException if there is no comparison, stating why and the verdict
     */
    public double relativeError() {
        return compared().total().relativeError();
    }

    /**
     * {@return the cosine of the angle between local updates and reference; NaN if one of them is
     * zero}
     *
     * @throws IllegalStateException if there is no comparison, stating why and the verdict
     */
    public double cosine() {
        Double cosine = compared().total().cosine();
        return cosine == null ? Double.NaN : cosine;
    }

    private GradientComparison compared() {
        return comparison.orElseThrow(
                () -> new IllegalStateException("no comparison: " + why + "; " + verdict));
    }

    /** For display: the verdict, and the comparison or why there is none. */
    @Override
    public String toString() {
        return verdict
                + "\n"
                + comparison.map(GradientComparison::toString).orElse("no comparison: " + why);
    }
}
