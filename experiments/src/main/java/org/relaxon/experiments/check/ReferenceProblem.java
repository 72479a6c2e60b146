package org.relaxon.experiments.check;

import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.network.Parameters;

/**
 * The problem of one seed with its backprop gradient.
 *
 * @param seed of weights and data
 * @param problem network, input and target
 * @param reference backprop, loss summed over the batch; null where projections close a cycle
 */
public record ReferenceProblem(long seed, Problem problem, ReferenceGradient reference) {
    /** {@return the backprop gradient; null where there is none} */
    public Parameters backprop() {
        return reference == null ? null : reference.gradient();
    }
}
