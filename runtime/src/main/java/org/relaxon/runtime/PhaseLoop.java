package org.relaxon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.PhaseSpec;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;

/**
 * Settles the phases of an algorithm one after another. The update of a phase is gathered, and its
 * basin judged, while the session holds its state.
 */
final class PhaseLoop {
    /** How a state under the target is compared with the free one that it is contrasted with. */
    enum Basin {
        /** By their energies. */
        ENERGIES,
        /** By energies, intermediate strengths and a release from the target. */
        RELEASED
    }

    private final Session session;
    private final Method method;
    private final Matrix input;
    private final Matrix target;
    private final Budget budget;
    private final Basin basin;
    private final boolean gathers;

    // of one pass through the phases
    private Map<String, Conclusive> reached = Map.of();
    private UpdateSum sum;
    private RunReport spent;

    /**
     * @param basin how basins are judged
     * @param gathers whether updates are gathered
     */
    PhaseLoop(
            Session session,
            Method method,
            Matrix input,
            Matrix target,
            Budget budget,
            Basin basin,
            boolean gathers) {
        this.session = session;
        this.method = method;
        this.input = input;
        this.target = target;
        this.budget = budget;
        this.basin = basin;
        this.gathers = gathers;
    }

    /**
     * All phases, with one verdict on those that share in the estimate. A contrast is known no
     * better than its free phase: where that is not known well enough, all are settled again with
     * smaller thresholds, unless the plan fixes the threshold.
     */
    GradientEstimate run() {
        method.inRange(session.network().depth());
        GradientEstimate last = pass(0);
        if (!method.algorithm().rule().localRule().isContrast() || !isUnresolved(last)) {
            return last;
        }
        for (int k = 1; isUnresolved(last) && session.lowerThresholds(k); k++) {
            RunReport before = last.report();
            GradientEstimate next = pass(k);
            RunReport both = before.plus(next.report());
            last = new GradientEstimate(next.free(), next.verdict(), next.update(), both);
        }
        session.lowerThresholds(0);
        return last;
    }

    private static boolean isUnresolved(GradientEstimate last) {
        return last.verdict() instanceof NotSettled not
                && not.columns().stream().anyMatch(c -> c.reason() == Reason.UNRESOLVED);
    }

    /**
     * @param lowered how far thresholds are lowered; basins are judged at those of the plan
     */
    private GradientEstimate pass(int lowered) {
        reached = new LinkedHashMap<>();
        sum = new UpdateSum(session, method);
        spent = null;
        for (PhaseSpec spec : method.algorithm().phases()) {
            Settlement verdict = session.settle(method.phase(spec, input, target), budget);
            count();
            if (verdict instanceof Conclusive done) {
                verdict = concluded(spec, done, lowered);
            }
            if (!(verdict instanceof Conclusive)) {
                boolean free = isContrasted(spec);
                return new GradientEstimate(free ? verdict : free(), verdict, null, spent);
            }
        }
        return new GradientEstimate(free(), together(), sum.total(), spent);
    }

    /** Saves what later phases start from, before a judge moves the cells. */
    private Settlement concluded(PhaseSpec spec, Conclusive done, int lowered) {
        reached.put(spec.name(), done);
        if (isStart(spec)) {
            session.snapshot(spec.name());
        }
        if (!spec.contributes()) {
            return done;
        }
        if (lowered > 0) {
            session.lowerThresholds(0);
        }
        Settlement verdict = judged(spec, done);
        if (lowered > 0) {
            session.lowerThresholds(lowered);
        }
        return verdict;
    }

    private void count() {
        spent = spent == null ? session.report() : spent.plus(session.report());
    }

    private boolean isStart(PhaseSpec spec) {
        return method.algorithm().phases().stream()
                .anyMatch(later -> spec.name().equals(later.start()));
    }

    private boolean isContrasted(PhaseSpec spec) {
        return method.algorithm().sharing().stream()
                .anyMatch(later -> spec.name().equals(later.start()));
    }

    /** The verdict on the free phases that the others are contrasted with; null if none. */
    private Settlement free() {
        List<Conclusive> starts =
                method.algorithm().sharing().stream()
                        .map(PhaseSpec::start)
                        .distinct()
                        .map(name -> name == null ? null : reached.get(name))
                        .filter(Objects::nonNull)
                        .toList();
        return starts.isEmpty() ? null : sideBySide(starts);
    }

    private Settlement together() {
        return sideBySide(
                method.algorithm().sharing().stream().map(s -> reached.get(s.name())).toList());
    }

    /** Several phases with a share rest at minima: a dataflow has no strength to multiply. */
    private static Settlement sideBySide(List<Conclusive> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : Settled.sideBySide(parts.stream().map(Settled.class::cast).toList());
    }

    /** The verdict on a phase with a share; its update is gathered where that is conclusive. */
    private Settlement judged(PhaseSpec spec, Conclusive done) {
        Conclusive free = spec.start() == null ? null : reached.get(spec.start());
        if (basin == Basin.ENERGIES) {
            Settlement verdict =
                    free == null || holdsPopulations(spec) ? done : byEnergy(free, done);
            return verdict instanceof Conclusive && gathers ? gathered(spec, done) : verdict;
        }
        Settlement verdict = gathers ? gathered(spec, done) : done;
        return free != null && verdict instanceof Settled nudged && !holdsPopulations(spec)
                ? withinBasin(spec, free, nudged)
                : verdict;
    }

    /** Whether populations are held, so that the phases do not lie on one branch of minima. */
    private boolean holdsPopulations(PhaseSpec spec) {
        return method.algorithm().phases().stream()
                .filter(one -> one == spec || one.name().equals(spec.start()))
                .anyMatch(one -> !one.held().isEmpty());
    }

    private Settlement byEnergy(Conclusive free, Settlement nudged) {
        Rule rule = method.algorithm().rule();
        return Basins.judge(free, nudged, target, session.network(), rule.dynamics().judge(rule));
    }

    private Settlement withinBasin(PhaseSpec spec, Conclusive free, Settled nudged) {
        Settlement verdict = byEnergy(free, nudged);
        Continuation branch = new Continuation(session, method, spec, input, target, budget);
        if (verdict != nudged && branch.leadsTo(free, nudged)) {
            verdict = nudged; // the energies were compared with a loss other than the rule's
        }
        if (verdict instanceof NotSettled not && !branch.gaveUp().isEmpty()) {
            verdict = not.with("; " + branch.gaveUp());
        }
        if (verdict == nudged) {
            verdict = Release.judge(session, spec.name(), free, nudged, budget);
        }
        if (verdict != nudged) {
            count();
        }
        return verdict;
    }

    private Settlement gathered(PhaseSpec spec, Conclusive done) {
        try {
            sum.add(spec, done);
            return done;
        } catch (ArithmeticException e) {
            return notFinite(done, e.getMessage());
        } catch (NodeLostException e) {
            return e.verdict(done.columns().size());
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
     * Settles the phases before the first with a share and saves their states; where there are
     * none, the network without a target, saved as {@link Algorithm#FREE}.
     *
     * @return the last verdict, or the first that is not conclusive
     */
    static Settlement prepare(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        Settlement verdict = null;
        for (PhaseSpec spec : method.algorithm().phases()) {
            if (spec.contributes()) {
                break;
            }
            Phase phase = method.phase(spec, input, target);
            verdict = saved(session, phase, spec.name(), budget);
            if (!(verdict instanceof Conclusive)) {
                return verdict;
            }
        }
        return verdict == null
                ? saved(session, method.free(input), Algorithm.FREE, budget)
                : verdict;
    }

    private static Settlement saved(Session session, Phase phase, String name, Budget budget) {
        Settlement verdict = session.settle(phase, budget);
        if (verdict instanceof Conclusive) {
            session.snapshot(name);
        }
        return verdict;
    }
}
