package org.relaxon.experiments.claims;

import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;

/** Runs one case with one seed: settles at every beta that is needed, and compares. */
final class CaseRunner {
    /** Share of the smallest error to be measured that an unsent change may make up. */
    private static final double THRESHOLD_PER_ERROR = 1e-4;

    private static final double LEAST_THRESHOLD = 1e-15;

    private final CheckPlan plan;
    private final CaseSettings settings;
    private final CancelWatch watch;

    CaseRunner(CheckPlan plan, CaseSettings settings, CancelWatch watch) {
        this.plan = plan;
        this.settings = settings;
        this.watch = watch;
    }

    /** One settling and what came of it. */
    private record Settling(
            Settlement verdict,
            Parameters estimate,
            GradientComparison comparison,
            RunReport report) {
        double error() {
            return comparison == null ? Double.NaN : comparison.total().relativeError();
        }
    }

    /** {@code window} is where the error of this problem has to lie at the asked beta. */
    CheckSeed run(ReferenceProblem reference, ErrorWindow window) {
        Problem problem = reference.problem();
        OrderBetas order = OrderBetas.of(problem.network(), plan.estimator(), plan.beta());
        RunPlan run = runPlan(order, reference.seed());
        try (Session session = settings.host().open(problem.network(), run)) {
            watch.watch(session);
            Settling main = settle(session, reference, plan.beta());
            if (main.comparison() == null) {
                return refused(
                        reference.seed(),
                        window,
                        main,
                        main,
                        plan.beta(),
                        main.report().wallNanos());
            }
            long wall = main.report().wallNanos();
            double residual = main.verdict().residual();
            double[] errors = new double[2];
            double[] betas = {order.coarse(), order.fine()};
            for (int k = 0; k < betas.length; k++) {
                if (betas[k] == plan.beta()) {
                    errors[k] = main.error();
                    continue;
                }
                Settling other = settle(session, reference, betas[k]);
                wall += other.report().wallNanos();
                if (other.comparison() == null) {
                    return refused(reference.seed(), window, main, other, betas[k], wall);
                }
                errors[k] = other.error();
                residual = Math.max(residual, other.verdict().residual());
            }
            return new CheckSeed(
                    reference.seed(),
                    null,
                    "",
                    residual,
                    main.comparison(),
                    main.estimate(),
                    window,
                    order.slope(errors[0], errors[1]),
                    main.report(),
                    wall);
        } finally {
            watch.watch(null);
        }
    }

    private Settling settle(Session session, ReferenceProblem reference, double beta) {
        Problem problem = reference.problem();
        Settlement verdict =
                session.settle(
                        plan.estimator().phase(problem.input(), problem.target(), beta),
                        plan.budget());
        RunReport report = session.report();
        if (!(verdict instanceof Settled settled)) {
            return new Settling(verdict, null, null, report);
        }
        Parameters estimate = session.update(settled, plan.estimator()).gradient();
        GradientComparison comparison =
                GradientComparison.of(
                        problem.network(), estimate, reference.reference().gradient());
        return new Settling(verdict, estimate, comparison, report);
    }

    private static CheckSeed refused(
            long seed,
            ErrorWindow window,
            Settling main,
            Settling failed,
            double beta,
            long wallNanos) {
        NotSettled verdict = (NotSettled) failed.verdict();
        Reason reason = verdict.reason();
        return new CheckSeed(
                seed,
                reason,
                "at beta %s: %s".formatted(beta, verdict.detail()),
                verdict.residual(),
                main.comparison(),
                main.estimate(),
                window,
                Double.NaN,
                main.report(),
                wallNanos);
    }

    private RunPlan runPlan(OrderBetas order, long seed) {
        return new RunPlan(
                settings.rule(),
                settings.granularity(),
                plan.kernels(),
                threshold(order),
                plan.tolerance(),
                settings.delay(),
                plan.cuts(),
                plan.refractoryNanos(),
                plan.auditRounds(),
                seed,
                false);
    }

    /**
     * The asked threshold, or one that leaves the smallest error to be measured unchanged in its
     * first digits: what a cell keeps to itself shows in the gradient as a relative error of a few
     * times the threshold.
     */
    private double threshold(OrderBetas order) {
        if (!Double.isNaN(plan.threshold())) {
            return plan.threshold();
        }
        double beta = Math.min(plan.beta(), order.fine());
        double error = StrictMath.pow(beta, plan.estimator().order());
        return Math.min(
                RunPlan.DEFAULT_THRESHOLD, Math.max(LEAST_THRESHOLD, THRESHOLD_PER_ERROR * error));
    }
}
