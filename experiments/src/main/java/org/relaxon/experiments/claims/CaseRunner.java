package org.relaxon.experiments.claims;

import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.CancelWatch;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/** Runs one case with one seed: estimates at every strength that is needed, and compares. */
final class CaseRunner {
    /** The default tolerance: with a smaller one that follows a threshold, rounding may need it. */
    private static final double LARGEST_ROUND_OFF = 1e-8;

    private final CheckPlan plan;
    private final CaseSettings settings;
    private final CancelWatch watch;
    private final Claim claim;

    CaseRunner(CheckPlan plan, CaseSettings settings, CancelWatch watch, Claim claim) {
        this.plan = plan;
        this.settings = settings;
        this.watch = watch;
        this.claim = claim;
    }

    /** One estimate and what came of it. */
    private record Measured(
            GradientEstimate estimate, Parameters reference, GradientComparison comparison) {
        double error() {
            return comparison == null ? Double.NaN : comparison.total().relativeError();
        }

        boolean settled() {
            return comparison != null;
        }
    }

    CheckSeed run(ReferenceProblem problem, Yardstick yardstick) {
        double threshold = new Thresholds(plan, claim).of(problem.problem().network());
        RunPlan run = runPlan(threshold, problem);
        try (Session session = settings.host().open(problem.problem().network(), run)) {
            watch.watch(session::cancel);
            Measured main = measure(session, problem, yardstick, plan.beta());
            if (!main.settled()) {
                return refused(problem.seed(), main, main, plan.beta());
            }
            ErrorWindows windows = yardstick.windows(threshold);
            if (claim.isExact()) {
                return seed(problem.seed(), main, windows, yardstick, null, Double.NaN, 0.0, 0L);
            }
            OrderBetas betas =
                    OrderBetas.of(
                            problem.problem().network(), claim, plan.beta(), yardstick.predicted());
            return withOrder(session, problem, yardstick, main, windows, betas);
        } finally {
            watch.rest();
        }
    }

    private CheckSeed withOrder(
            Session session,
            ReferenceProblem problem,
            Yardstick yardstick,
            Measured main,
            ErrorWindows windows,
            OrderBetas betas) {
        double[] strengths = {betas.coarse(), betas.fine()};
        double[] errors = new double[2];
        double residual = 0.0;
        long wall = 0;
        for (int k = 0; k < strengths.length; k++) {
            if (strengths[k] == plan.beta()) {
                errors[k] = main.error();
                continue;
            }
            Measured other = measure(session, problem, yardstick, strengths[k]);
            wall += other.estimate().report().wallNanos();
            if (!other.settled()) {
                return refused(problem.seed(), main, other, strengths[k]);
            }
            errors[k] = other.error();
            residual = Math.max(residual, other.estimate().verdict().residual());
        }
        double order = betas.slope(errors[0], errors[1]);
        return seed(problem.seed(), main, windows, yardstick, betas, order, residual, wall);
    }

    private static CheckSeed seed(
            long seed,
            Measured main,
            ErrorWindows windows,
            Yardstick yardstick,
            OrderBetas betas,
            double order,
            double otherResidual,
            long otherNanos) {
        return new CheckSeed(
                seed,
                null,
                yardstick.objection(),
                Math.max(main.estimate().verdict().residual(), otherResidual),
                main.comparison(),
                main.estimate().update().gradient(),
                windows.total(),
                windows.parts(),
                rounded(main.estimate()),
                yardstick.predicted(),
                betas,
                order,
                main.reference(),
                main.estimate().verdict() instanceof Completed,
                main.estimate().report(),
                main.estimate().report().wallNanos() + otherNanos);
    }

    private static List<Integer> rounded(GradientEstimate estimate) {
        return estimate.verdict() instanceof Settled settled
                ? settled.resolution().rounded()
                : List.of();
    }

    private Measured measure(
            Session session, ReferenceProblem reference, Yardstick yardstick, double strength) {
        Problem problem = reference.problem();
        GradientEstimate estimate =
                GradientEstimate.withinOneBasin(
                        session,
                        settings.algorithm(),
                        plan.estimator(),
                        problem.input(),
                        problem.target(),
                        strength,
                        plan.budget());
        if (!estimate.isConclusive()) {
            return new Measured(estimate, null, null);
        }
        Parameters judge = yardstick.reference(estimate, strength);
        GradientComparison comparison =
                GradientComparison.of(problem.network(), estimate.update().gradient(), judge);
        return new Measured(estimate, judge, comparison);
    }

    private static CheckSeed refused(long seed, Measured main, Measured failed, double strength) {
        NotSettled verdict = (NotSettled) failed.estimate().verdict();
        return new CheckSeed(
                seed,
                verdict.reason(),
                "at %s: %s".formatted(strength, verdict.detail()),
                verdict.residual(),
                main.comparison(),
                main.settled() ? main.estimate().update().gradient() : null,
                ErrorWindows.NONE.total(),
                List.of(),
                List.of(),
                Double.NaN,
                null,
                Double.NaN,
                main.reference(),
                false,
                main.estimate().report(),
                main.estimate().report().wallNanos());
    }

    private RunPlan runPlan(double threshold, ReferenceProblem problem) {
        RunPlan asked = settings.runPlan(plan);
        RunPlan run =
                (Double.isNaN(plan.threshold())
                                ? asked.withFirstThreshold(threshold)
                                : asked.withThreshold(threshold))
                        .withTolerance(plan.tolerance())
                        .withSeed(problem.seed());
        if (!Double.isNaN(plan.tolerance())) {
            return run;
        }
        if (claim.isPlainContrast()) {
            return run.withTolerance(Thresholds.contrastTolerance(threshold));
        }
        double left = roundOff(problem.problem());
        boolean small = left <= LARGEST_ROUND_OFF && left > run.effectiveTolerance();
        return small ? run.withTolerance(left) : run;
    }

    /** Defect that rounding leaves at the strength at which the order is measured. */
    private double roundOff(Problem problem) {
        Rule rule = claim.algorithm().rule();
        if (rule.holdsErrors() || !rule.judge().isErrorForm()) {
            return 0.0;
        }
        double fine = claim.isExact() ? plan.beta() : plan.beta() / 10;
        return rule.roundOff(claim.estimator().phase(problem.input(), problem.target(), fine), 0);
    }
}
