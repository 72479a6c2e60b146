package org.relaxon.experiments.paper;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Equilibrium;

/**
 * The inputs and results of one settled row.
 *
 * @param problem network, weights and data
 * @param seed of the run
 * @param beta nudging strength
 * @param update the local updates as a gradient
 * @param reference the gradient of backprop
 * @param settled the nudged state
 * @param free the free state
 */
public record PaperArrays(
        Problem problem,
        long seed,
        double beta,
        Parameters update,
        Parameters reference,
        Equilibrium settled,
        Equilibrium free) {}
