package org.relaxon.experiments.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.ErrorWindow;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.runtime.settling.CancelWatch;

/**
 * Claim: at equilibrium the local updates of every algorithm are the gradient that theory names for
 * it, whatever host, granularity and delays the cells run under: that of backprop for predictive
 * coding and its relatives as the nudging strength goes to 0 (Millidge et al., arXiv 2206.02629),
 * the implicit gradient for equilibrium propagation, and so on ({@link
 * org.relaxon.model.algorithm.Reference}).
 *
 * <p>Expectation, for each case and seed: every settling settles and passes its audit; the slope of
 * the relative error between two strengths ({@link OrderBetas}) is the declared order; and the
 * relative error lies in the {@link ErrorWindow} of the requested strength, which also has a lower
 * end, since a finite nudge cannot be exact. An estimate that is exact at every strength has no
 * slope and only an upper end.
 *
 * <p>A network without an energy, whose feedback weights are its own, claims no gradient. Its
 * updates are compared with backprop, and checked are the audits and that all cases agree.
 */
public final class LocalUpdatesMatchReference {
    private final CheckPlan plan;

    /**
     * Creates a check that has not run yet.
     *
     * @param plan the cases to check
     */
    public LocalUpdatesMatchReference(CheckPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs all cases without a listener.
     *
     * @return the cases with their verdicts
     * @throws IOException if a data file cannot be read or is malformed
     */
    public CheckResult run() throws IOException {
        return run(CheckListener.SILENT, () -> false);
    }

    /**
     * Runs all cases: methods outermost, delays innermost.
     *
     * @param listener receives every case that has been judged
     * @param cancelled polled several times a second, from another thread; once true, the settling
     *     in progress is cancelled and no further one begins. Interrupting the calling thread does
     *     the same.
     * @return the cases with their verdicts, without those that were cancelled
     * @throws IllegalArgumentException in one line, if the plan cannot run
     * @throws IOException if a data file cannot be read or is malformed
     */
    public CheckResult run(CheckListener listener, BooleanSupplier cancelled) throws IOException {
        List<ReferenceProblem> problems = problems();
        Map<Method, List<Yardstick>> yardsticks = yardsticks(problems);
        List<CheckCase> cases = new ArrayList<>();
        boolean stopped = false;
        try (CancelWatch watch = new CancelWatch(cancelled)) {
            for (CaseSettings settings : grid()) {
                CheckCase finished =
                        stopped
                                ? null
                                : run(settings, problems, yardsticks.get(settings.method()), watch);
                stopped |= watch.cancelled();
                if (finished != null) {
                    cases.add(finished);
                    listener.caseFinished(finished, cases.size(), plan.cases());
                }
            }
        }
        Spread spread = Spread.of(cases, problems);
        cases.sort(CheckCase.FAILED_FIRST); // stable, so that equal cases stay in grid order
        boolean whole =
                cases.size() == plan.cases()
                        && cases.stream().allMatch(c -> c.seeds().size() == problems.size());
        return new CheckResult(plan, problems, cases, spread.compared(), spread.largest(), !whole);
    }

    private List<ReferenceProblem> problems() throws IOException {
        List<Problem> built = plan.problem().buildAll(plan.seeds());
        List<ReferenceProblem> problems = new ArrayList<>();
        for (int k = 0; k < built.size(); k++) {
            Problem p = built.get(k).in(plan.kernels().precision());
            for (Method m : plan.methods()) {
                m.algorithm().requireDefinedOn(p.network());
                RuleContract.require(m.algorithm().rule(), p.network());
                plan.threshold(m, p.network()); // refuses what does not fit the kernels
                m.inRange(p.network().depth());
            }
            problems.add(
                    new ReferenceProblem(
                            plan.seeds().get(k),
                            p,
                            Backprop.whereDefined(
                                    p.network(), p.network().parameters(), p.input(), p.target())));
        }
        return problems;
    }

    /** One per seed for every method; hosts, granularities and delays share them. */
    private Map<Method, List<Yardstick>> yardsticks(List<ReferenceProblem> problems) {
        Map<Method, List<Yardstick>> out = new HashMap<>();
        for (Method method : plan.methods()) {
            Claim claim = claim(method, problems);
            List<Yardstick> own = new ArrayList<>();
            for (ReferenceProblem p : problems) {
                own.add(
                        new Yardstick(
                                claim,
                                p.problem(),
                                p.backprop(),
                                method.strength(),
                                Thresholds.farthest(plan.threshold())));
            }
            out.put(method, own);
        }
        return out;
    }

    /** The problems of all seeds have the same projections. */
    private Claim claim(Method method, List<ReferenceProblem> problems) {
        Network network = problems.get(0).problem().network();
        return Claim.of(method.algorithm(), method.estimator(), plan.against(), network);
    }

    private List<CaseSettings> grid() {
        List<CaseSettings> grid = new ArrayList<>();
        for (Method method : plan.methods()) {
            for (Host host : plan.hosts()) {
                for (Granularity granularity : plan.granularities()) {
                    for (DelayModel delay : plan.delays()) {
                        grid.add(new CaseSettings(method, host, granularity, delay));
                    }
                }
            }
        }
        return grid;
    }

    /** Null if the check was cancelled before the last seed: an incomplete case is not judged. */
    private CheckCase run(
            CaseSettings settings,
            List<ReferenceProblem> problems,
            List<Yardstick> yardsticks,
            CancelWatch watch) {
        Claim claim = claim(settings.method(), problems);
        CaseRunner runner = new CaseRunner(plan, settings, watch, claim);
        List<CheckSeed> seeds = new ArrayList<>();
        for (int k = 0; k < problems.size(); k++) {
            CheckSeed seed =
                    watch.cancelled()
                            ? null
                            : run(runner, problems.get(k), yardsticks.get(k), watch);
            if (seed == null || seed.reason() == Reason.CANCELLED) {
                return null;
            }
            seeds.add(seed);
        }
        Problem first = problems.get(0).problem();
        Certificate certificate =
                Effort.until(
                                watch::cancelled,
                                () ->
                                        Certificates.of(
                                                settings.method(), first, settings.runPlan(plan)))
                        .orElse(null);
        return CheckCase.of(
                settings, claim, first.network(), certificate, seeds, missingFaults(seeds));
    }

    /** Null if the check was cancelled while a reference was computed. */
    private static CheckSeed run(
            CaseRunner runner, ReferenceProblem problem, Yardstick yardstick, CancelWatch watch) {
        try {
            return Effort.until(watch::cancelled, () -> runner.run(problem, yardstick));
        } catch (GaveUpException e) {
            if (!e.asked()) {
                throw e;
            }
            return null;
        }
    }

    /** Faults of the plan that did not happen with any seed. */
    private List<String> missingFaults(List<CheckSeed> seeds) {
        FaultCounts counts = FaultCounts.NONE;
        for (CheckSeed s : seeds) {
            counts = counts.plus(s.report().faults());
        }
        return plan.conditions().faults().missing(counts);
    }
}
