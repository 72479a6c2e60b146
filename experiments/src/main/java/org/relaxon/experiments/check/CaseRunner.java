package org.relaxon.experiments.check;

import java.util.List;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.ErrorWindows;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.claims.RoundingFloor;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.CancelWatch;

/** Runs one case with one seed: estimates at every required strength, and comparisons. */
final class CaseRunner {
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

    /** One estimate and its result. */
    private record Measured(
            GradientEstimate estimate,
            String doubt,
            Parameters reference,
            GradientComparison comparison,
            double floor) {
        double error() {
            return comparison == null ? Double.NaN : comparison.total().relativeError();
        }

        boolean settled() {
            return comparison != null;
        }

        Measured withFloor(double other) {
            return new Measured(estimate, doubt, reference, comparison, other);
        }
    }

    /**
     * What was found beside the error at the requested strength.
     *
     * @param windows required ranges of the error
     * @param unjudged why the run cannot decide; empty if it can
     * @param remark why less can be judged than the claim states; empty if all can
     * @param betas strengths between which the order was measured; null if it was not
     * @param order slope between these; NaN if it was not measured
     * @param residual largest of the settlings at these
     * @param nanos wall-clock time of these
     */
    private record Found(
            ErrorWindows windows,
            String unjudged,
            String remark,
            OrderBetas betas,
            double order,
            double residual,
            long nanos) {
        static Found unjudged(ErrorWindows windows, String why) {
            return new Found(windows, why, "", null, Double.NaN, 0.0, 0L);
        }

        static Found withoutOrder(ErrorWindows windows, String remark) {
            return new Found(windows, "", remark, null, Double.NaN, 0.0, 0L);
        }
    }

    CheckSeed run(ReferenceProblem problem, Yardstick yardstick) {
        double threshold = threshold(problem, yardstick);
        RunPlan run = runPlan(threshold, problem);
        try (Session session = settings.host().open(problem.problem().network(), run)) {
            watch.watch(session::cancel);
            Measured main = measure(session, problem, yardstick, plan.strength(), run);
            if (!main.settled()) {
                return refused(problem.seed(), run, main, main, plan.strength());
            }
            String unknown = yardstick.unjudged();
            if (!unknown.isEmpty()) {
                return seed(run, main, yardstick, Found.unjudged(ErrorWindows.NONE, unknown));
            }
            ErrorWindows windows = yardstick.windows(threshold, main.floor());
            Rounded rounded =
                    new Rounded(claim, yardstick, main.comparison().total(), main.floor());
            Remedy remedy = remedy(problem.problem(), yardstick, rounded, windows);
            String lost = rounded.lost();
            if (!lost.isEmpty()) {
                return seed(run, main, yardstick, Found.unjudged(windows, lost + remedy.text()));
            }
            String coarse = coarse(yardstick, threshold, plan.strength(), remedy);
            String remark = rounded.remark(windows.total());
            if (!coarse.isEmpty()) {
                return behind(coarse, run, main, yardstick, Found.withoutOrder(windows, remark));
            }
            String hidden = rounded.hidden(windows.total());
            if (!hidden.isEmpty()) {
                return beside(hidden + remedy.text(), run, main, yardstick, windows);
            }
            if (claim.isExact() || !remark.isEmpty()) {
                return seed(run, main, yardstick, Found.withoutOrder(windows, remark));
            }
            OrderBetas betas = betas(problem, main, yardstick);
            if (betas == null) {
                Found bare = Found.withoutOrder(windows, rounded.unmeasured());
                return seed(run, main, yardstick, bare);
            }
            String unmeasured = coarse(yardstick, threshold, betas.fine(), remedy);
            Found bare = Found.withoutOrder(windows, unmeasured);
            return unmeasured.isEmpty()
                    ? withOrder(session, problem, yardstick, main, windows, betas, run)
                    : behind(unmeasured, run, main, yardstick, bare);
        } finally {
            watch.rest();
        }
    }

    private Remedy remedy(
            Problem problem, Yardstick yardstick, Rounded rounded, ErrorWindows windows) {
        double usual =
                plan.withThreshold(Double.NaN).threshold(settings.method(), problem.network());
        double share =
                Double.isNaN(plan.threshold())
                        ? rounded.share()
                        : yardstick.floor(plan.strength(), usual) / yardstick.rounding().size();
        return new Remedy(plan, claim, problem, yardstick, rounded.error(windows.total()), share);
    }

    /** Why a requested threshold is too coarse to judge by; empty if it is not. */
    private String coarse(Yardstick yardstick, double threshold, double strength, Remedy remedy) {
        boolean requested = !Double.isNaN(plan.threshold());
        String why =
                requested && yardstick.objection().isEmpty()
                        ? yardstick.tooCoarse(threshold, strength)
                        : "";
        String where = // the order needs a second strength
                strength == plan.strength()
                        ? ""
                        : " at the strength %s, down to which the order is measured"
                                .formatted(Numeral.text(strength));
        return why.isEmpty() ? "" : why + where + remedy.text();
    }

    /** Beside rounding as behind a threshold: what is beyond its window is denied. */
    private CheckSeed beside(
            String hidden, RunPlan run, Measured main, Yardstick yardstick, ErrorWindows windows) {
        CheckSeed plain = seed(run, main, yardstick, Found.withoutOrder(windows, hidden));
        return new Verdict(claim).isMet(plain)
                ? seed(run, main, yardstick, Found.unjudged(windows, hidden))
                : plain;
    }

    /**
     * Behind a coarse threshold, what is measured within the bound of an exact claim holds, and
     * what is off by more than unsent changes explain is denied; anything else is not judged.
     */
    private CheckSeed behind(
            String coarse, RunPlan run, Measured main, Yardstick yardstick, Found found) {
        CheckSeed plain = seed(run, main, yardstick, found);
        if (claim.isExact() && new Verdict(claim).isMet(plain)) {
            return plain;
        }
        Measured roomy = main.withFloor(yardstick.floor(plan.strength(), run.threshold()));
        Found within = Found.withoutOrder(yardstick.withRoom(run.threshold()), coarse);
        Found judged =
                new Verdict(claim).isMet(seed(run, roomy, yardstick, within))
                        ? Found.unjudged(found.windows(), coarse)
                        : Found.withoutOrder(found.windows(), coarse);
        return seed(run, main, yardstick, judged);
    }

    /** Where rounding is a large share of the gradient, signals are sent for smaller changes. */
    private double threshold(ReferenceProblem problem, Yardstick yardstick) {
        double plain = plan.threshold(settings.method(), problem.problem().network());
        RoundingFloor rounding = yardstick.rounding();
        return Double.isNaN(plan.threshold()) && rounding.isIllConditioned()
                ? Math.min(plain, Math.max(Thresholds.LEAST, plain / rounding.condition()))
                : plain;
    }

    private OrderBetas betas(ReferenceProblem problem, Measured main, Yardstick yardstick) {
        Network network = problem.problem().network();
        double predicted = yardstick.predicted();
        double error = predicted > main.error() ? predicted : main.error();
        return OrderBetas.of(network, claim, plan.strength(), predicted)
                .clearOf(
                        claim,
                        plan.strength(),
                        error,
                        main.floor() / yardstick.rounding().size(),
                        yardstick.cancellations());
    }

    private CheckSeed withOrder(
            Session session,
            ReferenceProblem problem,
            Yardstick yardstick,
            Measured main,
            ErrorWindows windows,
            OrderBetas betas,
            RunPlan run) {
        double[] strengths = {betas.coarse(), betas.fine()};
        double[] errors = new double[2];
        double residual = 0.0;
        long wall = 0;
        for (int k = 0; k < strengths.length; k++) {
            if (strengths[k] == plan.strength()) {
                errors[k] = main.error();
                continue;
            }
            Measured other = measure(session, problem, yardstick, strengths[k], run);
            wall += other.estimate().report().wallNanos();
            if (!other.settled()) {
                return refused(problem.seed(), run, main, other, strengths[k]);
            }
            errors[k] = other.error();
            residual = Math.max(residual, other.estimate().verdict().residual());
        }
        double order = betas.slope(errors[0], errors[1]);
        return AcrossKinks.judged(
                seed(
                        run,
                        main,
                        yardstick,
                        new Found(windows, "", "", betas, order, residual, wall)),
                claim,
                problem.problem().network());
    }

    private CheckSeed seed(RunPlan run, Measured main, Yardstick yardstick, Found found) {
        RunReport report = main.estimate().report();
        return new CheckSeed(
                run.seed(),
                null,
                yardstick.objection(),
                found.unjudged(),
                Math.max(main.estimate().verdict().residual(), found.residual()),
                main.comparison(),
                main.estimate().update().gradient(),
                found.windows().total(),
                found.windows().parts(),
                rounded(main.estimate()),
                yardstick.predicted(),
                found.betas(),
                found.order(),
                main.floor(),
                found.remark().isEmpty() ? main.doubt() : found.remark(),
                main.reference(),
                main.estimate().verdict() instanceof Completed,
                run,
                report,
                report.wallNanos() + found.nanos());
    }

    private static List<Integer> rounded(GradientEstimate estimate) {
        return estimate.verdict() instanceof Settled settled
                ? settled.resolution().rounded()
                : List.of();
    }

    private Measured measure(
            Session session,
            ReferenceProblem reference,
            Yardstick yardstick,
            double strength,
            RunPlan run) {
        Problem problem = reference.problem();
        GradientEstimate reached =
                GradientEstimate.withinOneBasin(
                        session,
                        settings.method().withStrength(strength),
                        problem.input(),
                        problem.target(),
                        plan.budget());
        MinimumJudge judged =
                MinimumJudge.of(
                        settings.method().algorithm().rule(),
                        problem,
                        reached,
                        run.effectiveTolerance(),
                        watch::cancelled);
        GradientEstimate estimate = judged.estimate();
        if (!estimate.isConclusive()) {
            return new Measured(estimate, "", null, null, Double.NaN);
        }
        String doubt = judged.unknown() == 0 ? "" : judged.text();
        Parameters judge = yardstick.reference(estimate, strength);
        GradientComparison comparison =
                GradientComparison.of(problem.network(), estimate.update().gradient(), judge);
        double unsent = Double.isNaN(plan.threshold()) ? run.threshold() : 0.0;
        return new Measured(
                estimate, doubt, judge, comparison, yardstick.floor(plan.strength(), unsent));
    }

    private static CheckSeed refused(
            long seed, RunPlan run, Measured main, Measured failed, double strength) {
        NotSettled verdict = (NotSettled) failed.estimate().verdict();
        return new CheckSeed(
                seed,
                verdict.reason(),
                "at %s: %s".formatted(Numeral.text(strength), verdict.detail()),
                "",
                verdict.residual(),
                main.comparison(),
                main.settled() ? main.estimate().update().gradient() : null,
                ErrorWindows.NONE.total(),
                List.of(),
                List.of(),
                Double.NaN,
                null,
                Double.NaN,
                Double.NaN,
                "",
                main.reference(),
                false,
                run,
                main.estimate().report(),
                main.estimate().report().wallNanos());
    }

    private RunPlan runPlan(double threshold, ReferenceProblem problem) {
        return CasePlan.of(settings.runPlan(plan), plan, claim, threshold, problem.problem())
                .withSeed(problem.seed());
    }
}
