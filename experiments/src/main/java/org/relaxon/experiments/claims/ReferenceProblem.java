package org.relaxon.experiments.claims;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.ReferenceGradient;

/**
 * The problem of one seed with its backprop gradient.
 *
 * @param seed of weights and data
 * @param problem network, input and target
 * @param reference backprop, loss summed over the batch
 */
public record ReferenceProblem(long seed, Problem problem, ReferenceGradient reference) {}
