package org.relaxon.experiments.sweep;

import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * All settings of one run of a grid.
 *
 * @param problem network and data, with the seed
 * @param method that estimates
 * @param plan how it settles, with the seed
 * @param budget of every settling
 */
public record ResolvedRun(ProblemSpec problem, Method method, RunPlan plan, Budget budget) {}
