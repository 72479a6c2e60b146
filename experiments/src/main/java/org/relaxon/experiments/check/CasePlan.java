package org.relaxon.experiments.check;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.RunPlan;

/** The plans of the runs of a case: their thresholds and tolerances. */
public final class CasePlan {
    private CasePlan() {}

    /** A run with a threshold that was requested, or that audits may lower. */
    static RunPlan of(
            RunPlan base, CheckPlan plan, Claim claim, double threshold, Problem problem) {
        RunPlan run =
                (Double.isNaN(plan.threshold())
                                ? base.withFirstThreshold(threshold)
                                : base.withThreshold(threshold))
                        .withTolerance(plan.tolerance())
                        .withResolution(Double.NaN);
        if (!Double.isNaN(plan.tolerance())) {
            return run;
        }
        if (claim.isPlainContrast()) {
            double tolerance = Thresholds.contrastTolerance(threshold);
            return run.withTolerance(tolerance)
                    .withResolution(Math.max(RunPlan.DEFAULT_RESOLUTION, tolerance));
        }
        double left = RoundOff.of(claim, problem, plan.strength());
        boolean small = left <= RoundOff.LARGEST && left > run.effectiveTolerance();
        return small ? run.withTolerance(left) : run;
    }

    /**
     * {@return the plan of the same run without the requested threshold}
     *
     * @param requested plan of a run of the check
     * @param plan of the check
     * @param method of the run, at any strength
     * @param problem of the run
     */
    public static RunPlan unthresholded(
            RunPlan requested, CheckPlan plan, Method method, Problem problem) {
        CheckPlan usual = plan.withMethods(method).withThreshold(Double.NaN);
        Claim claim = Claim.of(method.algorithm(), method.estimator(), plan.against());
        return of(
                requested.withRule(method.algorithm().rule()),
                usual,
                claim,
                usual.threshold(method, problem.network()),
                problem);
    }
}
