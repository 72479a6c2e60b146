package org.relaxon.experiments.check;

import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.problem.Problem;

/**
 * The problem of one seed with its backprop gradient.
 *
 * @param seed of weights and data
 * @param problem network, input and target
 * @param reference backprop, loss summed over the batch
 */
public record ReferenceProblem(long seed, Problem problem, ReferenceGradient reference) {}
