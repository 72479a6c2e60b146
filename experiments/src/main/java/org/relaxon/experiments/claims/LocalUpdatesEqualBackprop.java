package org.relaxon.experiments.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;

/**
 * Claim: as the nudging strength beta goes to 0, the local updates of predictive coding at
 * equilibrium become the backprop gradient of the feedforward network (Millidge et al., arXiv
 * 2206.02629), whatever host, granularity and delays the cells run under.
 *
 * <p>Expectation, for each case and seed: every settling settles and passes its audit; the slope of
 * the relative error between two nudging strengths ({@link OrderBetas}) is within .05 of the
 * estimator's order, 1 for one-sided and 2 for centred; and the relative error lies in the {@link
 * ErrorWindow} of the asked beta, which has a lower end too, since a finite nudge cannot be exact.
 */
public final class LocalUpdatesEqualBackprop {
    private final CheckPlan plan;

    public LocalUpdatesEqualBackprop(CheckPlan plan) {
        this.plan = plan;
    }

    /** Runs all cases in silence. */
    public CheckResult run() throws IOException {
        return run(CheckListener.SILENT, () -> false);
    }

    /**
     * Runs all cases: rules outermost, delays innermost.
     *
     * @param listener is told of every case that has been judged
     * @param cancelled asked a few times a second, from another thread; once true, the settling
     *     under way is cancelled and no further one begins. Interrupting the calling thread does
     *     the same.
     * @throws IllegalArgumentException in one line, if the plan asks for what cannot run
     * @throws IOException if a data file cannot be read or is malformed
     */
    public CheckResult run(CheckListener listener, BooleanSupplier cancelled) throws IOException {
        List<ReferenceProblem> problems = problems();
        Map<Rule, List<ErrorWindow>> windows = windows(problems);
        List<CheckCase> cases = new ArrayList<>();
        boolean stopped = false;
        try (CancelWatch watch = new CancelWatch(cancelled)) {
            for (CaseSettings settings : grid()) {
                CheckCase finished =
                        stopped
                                ? null
                                : run(settings, problems, windows.get(settings.rule()), watch);
                stopped |= watch.cancelled();
                if (finished != null) {
                    cases.add(finished);
                    listener.caseFinished(finished, cases.size(), plan.cases());
                }
            }
        }
        double spread = Spread.of(cases, problems);
        cases.sort(CheckCase.WORST_FIRST);
        boolean whole =
                cases.size() == plan.cases()
                        && cases.stream().allMatch(c -> c.seeds().size() == problems.size());
        return new CheckResult(plan, problems, cases, spread, !whole);
    }

    private List<ReferenceProblem> problems() throws IOException {
        List<Problem> built = plan.problem().buildAll(plan.seeds());
        List<ReferenceProblem> problems = new ArrayList<>();
        for (int k = 0; k < built.size(); k++) {
            Problem p = built.get(k);
            plan.rules().forEach(rule -> rule.validate(p.network()));
            problems.add(
                    new ReferenceProblem(
                            plan.seeds().get(k),
                            p,
                            Backprop.of(p.network())
                                    .gradient(p.network().parameters(), p.input(), p.target())));
        }
        return problems;
    }

    /** One window per seed for every rule; hosts, granularities and delays do not change it. */
    private Map<Rule, List<ErrorWindow>> windows(List<ReferenceProblem> problems) {
        Map<Rule, List<ErrorWindow>> windows = new HashMap<>();
        for (Rule rule : plan.rules()) {
            windows.put(
                    rule,
                    problems.stream()
                            .map(
                                    p ->
                                            ErrorWindow.of(
                                                    rule,
                                                    plan.estimator(),
                                                    plan.beta(),
                                                    p.problem()))
                            .toList());
        }
        return windows;
    }

    private List<CaseSettings> grid() {
        List<CaseSettings> grid = new ArrayList<>();
        for (Rule rule : plan.rules()) {
            for (Host host : plan.hosts()) {
                for (Granularity granularity : plan.granularities()) {
                    for (DelayModel delay : plan.delays()) {
                        grid.add(new CaseSettings(rule, host, granularity, delay));
                    }
                }
            }
        }
        return grid;
    }

    /** Null if the check was cancelled before the first seed. */
    private CheckCase run(
            CaseSettings settings,
            List<ReferenceProblem> problems,
            List<ErrorWindow> windows,
            CancelWatch watch) {
        CaseRunner runner = new CaseRunner(plan, settings, watch);
        List<CheckSeed> seeds = new ArrayList<>();
        for (int k = 0; k < problems.size() && !watch.cancelled(); k++) {
            seeds.add(runner.run(problems.get(k), windows.get(k)));
        }
        Problem first = problems.get(0).problem();
        return seeds.isEmpty()
                ? null
                : CheckCase.of(
                        settings,
                        plan.estimator().order(),
                        OrderBetas.of(first.network(), plan.estimator(), plan.beta()),
                        seeds);
    }
}
