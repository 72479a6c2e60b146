package org.relaxon.experiments.sweep;

import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * All settings of one run of a grid.
 *
 * @param problem network and data, with the seed
 * @param algorithm that estimates
 * @param estimator which multiples of the strength settle
 * @param strength beta or gamma
 * @param plan how it settles, with the seed
 * @param budget of every settling
 */
public record ResolvedRun(
        ProblemSpec problem,
        Algorithm algorithm,
        Estimator estimator,
        double strength,
        RunPlan plan,
        Budget budget) {}
