package org.relaxon.experiments.sweep;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;

/**
 * The common settings of all runs of a grid, unless an axis changes them.
 *
 * @param algorithmName such as {@code pc-nudge}
 * @param algorithms finds algorithms by name
 * @param estimators the estimator of an algorithm
 * @param problem the problem of an algorithm, before axes and seed change it
 * @param strengthName {@code beta} or {@code gamma} if one is given, else empty
 * @param strength its value; NaN for each algorithm's default
 * @param delayFamily the distribution for an axis of mean delays: exponential, constant, uniform,
 *     pareto
 * @param plan changes to an algorithm's default plan
 * @param budget of every settling
 */
public record SweepSettings(
        String algorithmName,
        AlgorithmChoice algorithms,
        Function<Algorithm, Estimator> estimators,
        Function<Algorithm, ProblemSpec> problem,
        String strengthName,
        double strength,
        String delayFamily,
        UnaryOperator<RunPlan> plan,
        Budget budget) {}
