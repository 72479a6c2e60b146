package org.relaxon.runtime;

import java.util.List;
import java.util.Optional;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * One estimate of the gradient: all phases of an algorithm, settled in order on a session, with one
 * overall verdict. Only a {@link Conclusive} verdict comes with an update.
 *
 * @param free verdict on the free phase; null if the algorithm has none
 * @param verdict on the nudged phase, or on the free phase if that did not settle
 * @param update the local updates; null unless the verdict is conclusive
 * @param report counts of all phases together, histograms of the last
 */
public record GradientEstimate(
        Settlement free, Settlement verdict, LocalUpdate update, RunReport report) {

    /**
     * Settles the phases of the algorithm, and gathers the update.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param budget what each settling may spend
     * @return the verdict, with the update if it is conclusive
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate of(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        return phases(session, method, input, target, budget).gathered(session, method.estimator());
    }

    /** For display: the verdicts of both phases, and the update. */
    @Override
    public String toString() {
        String phases = free == null ? "" : "free phase " + free + "; ";
        return "%snudged phase %s; %s"
                .formatted(
                        phases,
                        verdict,
                        update == null ? "no update" : "update " + update.gradient());
    }

    /** Adds the update if the verdict is conclusive and all its numbers are finite. */
    private GradientEstimate gathered(Session session, Estimator estimator) {
        if (!(verdict instanceof Conclusive done)) {
            return this;
        }
        try {
            return new GradientEstimate(free, done, session.update(done, estimator), report);
        } catch (ArithmeticException e) {
            return with(notFinite(done, e.getMessage()));
        }
    }

    private static Settlement notFinite(Conclusive done, String why) {
        List<ColumnVerdict> columns =
                done.columns().stream()
                        .map(
                                v ->
                                        new ColumnVerdict(
                                                v.column(),
                                                v.residual(),
                                                v.settled() ? Reason.NOT_FINITE : v.reason(),
                                                v.settled() ? why : v.detail()))
                        .toList();
        return new NotSettled(
                Reason.NOT_FINITE,
                done.residual(),
                why,
                List.of(),
                List.of(),
                columns,
                Optional.empty());
    }

    /**
     * Settles the phases of the algorithm without gathering the update: for synapses that learn in
     * place.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param target target, shape (n_L, B)
     * @param budget what each settling may spend
     * @return verdict and counts, no update
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate phases(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        GradientEstimate settled = settled(session, method, input, target, budget);
        return settled.free instanceof Conclusive
                ? settled.with(settled.judgedByEnergy(session, method, target))
                : settled;
    }

    /**
     * All phases, with the verdict on the last, without a check that they share a basin. A contrast
     * is known no better than its free phase: where that is not known well enough, both are settled
     * again with smaller thresholds, unless the plan fixes the threshold.
     */
    private static GradientEstimate settled(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        method.inRange(session.network().depth());
        GradientEstimate last = once(session, method, input, target, budget);
        if (!method.algorithm().rule().localRule().isContrast() || !last.isUnresolved()) {
            return last;
        }
        for (int k = 1; last.isUnresolved() && session.lowerThresholds(k); k++) {
            RunReport before = last.report;
            GradientEstimate next = once(session, method, input, target, budget);
            last = new GradientEstimate(next.free, next.verdict, null, before.plus(next.report));
        }
        session.lowerThresholds(0);
        return last;
    }

    private boolean isUnresolved() {
        return verdict instanceof NotSettled not
                && not.columns().stream().anyMatch(c -> c.reason() == Reason.UNRESOLVED);
    }

    private static GradientEstimate once(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        Settlement free = null;
        RunReport spent = null;
        if (method.algorithm().hasFreePhase()) {
            free = free(session, method, input, budget);
            spent = session.report();
            if (!(free instanceof Conclusive)) {
                return new GradientEstimate(free, free, null, spent);
            }
        }
        Settlement verdict = session.settle(method.nudged(input, target), budget);
        RunReport report = spent == null ? session.report() : spent.plus(session.report());
        return new GradientEstimate(free, verdict, null, report);
    }

    private Settlement judgedByEnergy(Session session, Method method, Matrix target) {
        Rule rule = method.algorithm().rule();
        return Basins.judge(
                (Conclusive) free, verdict, target, session.network(), rule.dynamics().judge(rule));
    }

    private GradientEstimate with(Settlement other) {
        return new GradientEstimate(free, other, null, report);
    }

    /**
     * Settles the free phase of an algorithm that has one, and saves it as {@link Algorithm#FREE}
     * if that is conclusive.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param budget what the phase may spend
     * @return the verdict on the free phase
     */
    public static Settlement free(Session session, Method method, Matrix input, Budget budget) {
        Settlement free = session.settle(method.free(input), budget);
        if (free instanceof Conclusive) {
            session.snapshot(Algorithm.FREE);
        }
        return free;
    }

    /**
     * Settles the phases of the algorithm, gathers the update, and checks that the estimate stays
     * within one basin. If a nudge moved activities far, in any form, the network is released from
     * the nudged state: the estimate holds only if it returns to the free state with which it is
     * contrasted. If the energies indicate that the basin was left, this counts only if no
     * continuous branch of states leads from the free state to the nudged one. The session then
     * holds another state, so the weights cannot learn from it in place.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param target target, shape (n_L, B)
     * @param budget what each settling may spend
     * @return the verdict, with the update if it is conclusive
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate withinOneBasin(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        GradientEstimate estimate =
                settled(session, method, input, target, budget)
                        .gathered(session, method.estimator());
        if (estimate.free == null || !(estimate.verdict instanceof Settled nudged)) {
            return estimate;
        }
        Settlement verdict = estimate.judgedByEnergy(session, method, target);
        Continuation branch = new Continuation(session, method, input, target, budget);
        if (verdict != nudged && branch.leadsTo((Conclusive) estimate.free, nudged)) {
            verdict = nudged; // the energies were compared with a loss other than the rule's
        }
        if (verdict instanceof NotSettled not && !branch.gaveUp().isEmpty()) {
            verdict = not.with("; " + branch.gaveUp());
        }
        if (verdict == nudged) {
            verdict = Release.judge(session, (Conclusive) estimate.free, nudged, budget);
        }
        if (verdict == nudged) {
            return estimate;
        }
        RunReport report = estimate.report.plus(session.report());
        return new GradientEstimate(estimate.free, verdict, null, report);
    }

    /** {@return whether there is an update} */
    public boolean isConclusive() {
        return update != null;
    }
}
