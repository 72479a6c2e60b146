package org.relaxon.tools.cli.settle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.CrossedKinks;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.run.Probes.Probed;
import org.relaxon.tools.cli.run.Promise;
import org.relaxon.tools.cli.settle.SettleResult.AdvisedRun;
import org.relaxon.tools.cli.settle.SettleResult.Comparison;
import org.relaxon.tools.cli.settle.SettleResult.Failure;
import org.relaxon.tools.cli.settle.SettleResult.Minimum;
import org.relaxon.tools.cli.settle.SettleResult.Verdict;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;

/**
 * One settling as it ended, of which a result is stated.
 *
 * @param against requested reference; null for the algorithm's own
 * @param advice null if it settled
 */
record Settling(
        Problem problem,
        RunPlan plan,
        Method method,
        Reference against,
        MinimumJudge judged,
        Advice advice) {

    /** Whether a stop ended it. */
    static boolean isCancelled(Settlement verdict) {
        return verdict instanceof NotSettled n && n.reason() == Reason.CANCELLED;
    }

    GradientEstimate estimate() {
        return judged.estimate();
    }

    /** The local updates as a gradient; null unless it settled. */
    Parameters update() {
        return estimate().isConclusive() ? estimate().update().gradient() : null;
    }

    /** The reference of the update, or its objection; null without an update. */
    ReferenceOf reference() {
        if (update() == null) {
            return null;
        }
        try {
            return ReferenceOf.estimate(
                    method,
                    against,
                    problem,
                    estimate(),
                    plan.effectiveTolerance(),
                    plan.threshold());
        } catch (GaveUpException e) {
            return ReferenceOf.without(problem.network(), "the reference " + e.getMessage());
        }
    }

    /**
     * The result.
     *
     * @param reference from {@link #reference}
     * @param words of the command line after its verb, which advice is about
     * @param probes what was recorded
     * @param stop asked last, after all else is computed
     */
    SettleResult result(
            SettleRequest request,
            ReferenceOf reference,
            List<String> words,
            List<Probed> probes,
            Supplier<Stop> stop) {
        Settlement verdict = estimate().verdict();
        return new SettleResult(
                request,
                plan.faults().missing(estimate().report().faults()),
                verdict(verdict),
                advised(words),
                minimum(),
                PhaseEnergy.of(problem, method.algorithm().rule(), estimate().free()),
                PhaseEnergy.of(problem, method.algorithm().rule(), verdict),
                estimate().report(),
                certificate(request),
                noCertificate(request),
                comparison(request, reference),
                ResolvedUpdate.of(verdict, plan, problem.network()),
                probes,
                stop.get(),
                NoEnergy.of(problem.network()));
    }

    private static Verdict verdict(Settlement verdict) {
        String not = isCancelled(verdict) ? Interruption.VERDICT : "not-settled";
        String word =
                verdict instanceof Settled
                        ? "settled"
                        : verdict instanceof Completed ? "completed" : not;
        Failure failure =
                verdict instanceof NotSettled n
                        ? new Failure(
                                n.reason().reportName(),
                                n.detail(),
                                n.meaning(),
                                n.cells(),
                                n.links())
                        : null;
        return new Verdict(
                word,
                verdict instanceof Conclusive,
                verdict.residual(),
                failure,
                verdict.columns().size(),
                verdict.columns().stream().filter(c -> c.settled()).count());
    }

    private AdvisedRun advised(List<String> words) {
        if (advice == null || advice.line().isEmpty()) {
            return null;
        }
        String command = null;
        if (advice.isFound()) {
            Set<String> replaced = Set.copyOf(advice.replaced());
            command =
                    Launcher.recorded(
                            "settle",
                            Words.without(words, replaced)
                                    + Words.without(advice.words(), Set.of()));
        }
        return new AdvisedRun(advice.line(), command, advice.messages(), advice.worth().error());
    }

    private Minimum minimum() {
        return new Minimum(
                judged.minima(),
                judged.saddles(),
                judged.unknown(),
                judged.why(),
                judged.unjudged(),
                judged.whyUnjudged(),
                judged.text());
    }

    private Map<String, Object> certificate(SettleRequest request) {
        return request.isFreeAlone()
                ? null
                : Promise.toMap(Certificates.of(method, problem, plan).orElse(null), plan);
    }

    /** Null beside a certificate. */
    private String noCertificate(SettleRequest request) {
        if (request.isFreeAlone()) {
            return "none, as only nudged phases have one, and at beta 0 the free phase settles alone";
        }
        return certificate(request) == null ? Certificates.whyNone(method, problem) : null;
    }

    private Comparison comparison(SettleRequest request, ReferenceOf reference) {
        Integer crossed = kinksCrossed();
        String none = request.isFreeAlone() ? "none: at beta 0 only the free phase settles" : null;
        if (reference == null) {
            return new Comparison(
                    null, null, null, null, none, null, List.of(), heldAtKink(), null, crossed);
        }
        GradientComparison found =
                GradientComparison.of(problem.network(), update(), reference.gradient());
        String zero = reference.zeroBesideZero(problem.network(), found);
        boolean figures = zero.isEmpty(); // two sides that are zero hold without
        return new Comparison(
                figures ? Double.valueOf(found.total().relativeError()) : null,
                figures ? found.total().cosine() : null,
                figures ? Double.valueOf(found.total().angleDegrees()) : null,
                figures ? null : zero,
                none,
                reference.objection().isEmpty() ? null : reference.objection(),
                found.projections(),
                heldAtKink(),
                reference.freeAtKink(),
                crossed);
    }

    /** Null if the network is not at rest, or its free state is not the feedforward pass. */
    private Integer kinksCrossed() {
        if (method.algorithm().hasFreePhase()
                || !(estimate().verdict() instanceof Conclusive settled)) {
            return null;
        }
        int[] crossed =
                CrossedKinks.count(
                        problem.network(),
                        problem.network().parameters(),
                        problem.input(),
                        settled.equilibrium());
        return IntStream.of(crossed).sum();
    }

    private int heldAtKink() {
        if (!(estimate().verdict() instanceof Conclusive settled)) {
            return 0;
        }
        return settled.columns().stream()
                .mapToInt(v -> settled.equilibrium().heldAtKink(v.column()))
                .sum();
    }
}
