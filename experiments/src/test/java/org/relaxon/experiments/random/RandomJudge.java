package org.relaxon.experiments.random;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Remedies;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;

/** Settles one random run and sets everything that it says beside independent solutions. */
final class RandomJudge {
    /** Sizes up to which references by differences, certificates and advice are asked for. */
    private static final int DIFFERENCES_MAX = 25;

    private static final int CERTIFICATE_MAX = 120;
    private static final int ADVICE_MAX = 30;
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(100_000L);

    private final RandomRun run;
    private final Map<String, Host> hosts;
    private final List<Finding> findings = new ArrayList<>();
    private final ProjectionJudge.Counts counts = new ProjectionJudge.Counts();
    private Problem problem;
    private String outcome = "";
    private boolean untoldMinimum;

    RandomJudge(RandomRun run, Map<String, Host> hosts) {
        this.run = run;
        this.hosts = hosts;
    }

    List<Finding> findings() {
        return findings;
    }

    /** What became of the run, in one word. */
    String outcome() {
        return outcome;
    }

    /** Whether a minimum that is said not to be told has a negative eigenvalue. */
    boolean isUntoldMinimum() {
        return untoldMinimum;
    }

    ProjectionJudge.Counts counts() {
        return counts;
    }

    private void find(Kind kind, String detail) {
        findings.add(new Finding(kind, detail));
    }

    RandomJudge judge() {
        try {
            settled().ifPresent(this::settle);
        } catch (Exception | AssertionError | StackOverflowError e) {
            StackTraceElement at = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
            find(Kind.CRASH, e + " at " + at);
            outcome = "crashed";
        }
        return this;
    }

    private int neurons() {
        return new Chain(problem.network(), null, null).unknowns;
    }

    private Session open(RunPlan plan) {
        return hosts.get(run.host()).open(problem.network(), plan);
    }

    /** As the command line settles: within one basin, and at a minimum. */
    private MinimumJudge judged(Session session, Setting setting) {
        GradientEstimate found =
                GradientEstimate.withinOneBasin(
                        session,
                        setting.method(),
                        problem.input(),
                        problem.target(),
                        setting.budget());
        return MinimumJudge.of(
                setting.method().algorithm().rule(),
                problem,
                found,
                setting.plan().effectiveTolerance(),
                () -> false);
    }

    private GradientEstimate estimate(Setting setting) {
        try (Session session = open(setting.plan())) {
            return judged(session, setting).estimate();
        }
    }

    private Setting setting() {
        return Setting.of(run.method(), m -> run.plan(m.algorithm()), BUDGET);
    }

    /** The estimate; empty if network, phase or plan is refused, which nothing later may be. */
    private Optional<MinimumJudge> settled() throws IOException {
        try {
            problem = run.problem();
            run.algorithm().rule().validate(problem.network());
            run.method().inRange(problem.network().depth());
            run.nudged(problem).validate(problem.network());
        } catch (IllegalArgumentException e) {
            outcome = "refused";
            return Optional.empty();
        }
        try (Session session = open(setting().plan())) {
            return Optional.of(judged(session, setting()));
        }
    }

    private void settle(MinimumJudge minimum) {
        RunPlan plan = run.plan(run.algorithm());
        GradientEstimate found = minimum.estimate();
        outcome = found.verdict() instanceof NotSettled not ? not.reason().reportName() : "settled";
        if (found.verdict() instanceof NotSettled not) {
            refused(plan, found, not);
            return;
        }
        Parameters update = found.update().gradient();
        if (!GradientFigures.finite(update, problem.network())) {
            find(Kind.NOT_FINITE, "an entry of the update is not finite");
            return;
        }
        reference(plan, found);
        boolean told = minimum.unknown() == 0; // else it says that it cannot tell, and by how much
        Solutions solved =
                new Solutions(
                        run,
                        problem,
                        found,
                        (kind, text) -> {
                            if (told || kind != Kind.SADDLE) {
                                find(kind, text);
                            } else {
                                untoldMinimum = true;
                            }
                        });
        Parameters due;
        try {
            due = solved.estimate();
        } catch (NotAnEquilibriumException e) {
            find(Kind.PROJECTION, "what was settled is no equilibrium: " + e.getMessage());
            return;
        }
        if (due == null) {
            outcome = "untold";
            untold(update, found);
            return;
        }
        ProjectionJudge judge = projections(plan, found);
        judge.judge(update, solved, due, this::find);
        counts.add(judge.counts());
    }

    /**
     * No solution to set an update beside: where the target is met, and Newton's method sees
     * nothing but rounding. Then the verdict names whatever is not zero.
     */
    private void untold(Parameters update, GradientEstimate found) {
        if (!run.target().equals("equal")) {
            find(Kind.UNTOLD, "no solution although the target is " + run.target());
        } else if (found.verdict() instanceof Settled settled) {
            List<Integer> named = settled.resolution().rounded();
            for (int p = 0; p < problem.network().projections().size(); p++) {
                if (!named.contains(p) && GradientFigures.largest(update, p) > 0.0) {
                    find(Kind.UNTOLD, "no solution, and W%d is not named".formatted(p + 1));
                }
            }
        }
    }

    private ProjectionJudge projections(RunPlan plan, GradientEstimate found) {
        Resolution resolution =
                found.verdict() instanceof Settled settled
                        ? settled.resolution()
                        : Resolution.NOT_SWEPT;
        Set<Integer> named = new HashSet<>(resolution.rounded());
        boolean names = resolution.isSwept();
        return new ProjectionJudge(run, problem, found, named, names, plan.effectiveResolution());
    }

    private void refused(RunPlan plan, GradientEstimate found, NotSettled not) {
        certificate(plan, not);
        if (not.reason() == Reason.MULTISTABLE) {
            refusedBasin(plan);
        } else if (not.reason() == Reason.UNRESOLVED) {
            needlesslyUnresolved(plan, found, not);
        } else if (not.reason() == Reason.SADDLE) {
            noSaddle(plan);
        }
        if (neurons() <= ADVICE_MAX && !run.host().equals("akka")) {
            advice(not);
        }
    }

    /** Of what was refused nothing is claimed, so it need not be at rest. */
    private static Parameters solvedIfAtRest(Solutions solutions) {
        try {
            return solutions.estimate();
        } catch (NotAnEquilibriumException e) {
            return null;
        }
    }

    /** A verdict that projections are not resolved holds where rounding is what keeps them so. */
    private void needlesslyUnresolved(RunPlan plan, GradientEstimate found, NotSettled not) {
        Solutions solved = new Solutions(run, problem, found, null);
        Parameters due = solvedIfAtRest(solved);
        if (due == null) {
            return;
        }
        double most = 0;
        for (double one : projections(plan, found).rounding(solved, due)) {
            most = Math.max(most, one);
        }
        if (64 * most <= plan.effectiveResolution()) {
            find(Kind.UNRESOLVED, "%s; a rounding moves %.2g".formatted(not.detail(), most));
        }
    }

    /** Called a saddle: settles without that question, and looks for a direction of descent. */
    private void noSaddle(RunPlan plan) {
        try (Session session = open(plan)) {
            GradientEstimate found =
                    GradientEstimate.withinOneBasin(
                            session, run.method(), problem.input(), problem.target(), BUDGET);
            if (!found.isConclusive()) {
                return;
            }
            Solutions solutions = new Solutions(run, problem, found, (kind, text) -> {});
            if (solvedIfAtRest(solutions) != null && solutions.least() > 0) {
                find(
                        Kind.NO_SADDLE,
                        "smallest eigenvalue %.3g where it was called a saddle"
                                .formatted(solutions.least()));
            }
        }
    }

    /** The program's own reference has to be computable, or to say why it is not. */
    private void reference(RunPlan plan, GradientEstimate found) {
        Reference kind = run.algorithm().reference();
        int most = kind == Reference.FINITE_DIFFERENCE ? DIFFERENCES_MAX : CERTIFICATE_MAX;
        if (neurons() > most) {
            return;
        }
        ReferenceOf.estimate(run.method(), null, problem, found, plan.effectiveTolerance());
    }

    private void certificate(RunPlan plan, NotSettled not) {
        if (neurons() > CERTIFICATE_MAX) {
            return;
        }
        Optional<Certificate> certificate = Certificates.of(run.method(), problem, plan);
        if (certificate.isEmpty()) {
            return;
        }
        if (certificate.get().certified() && !isBudget(not.reason())) {
            boolean moves = not.reason() != Reason.UNRESOLVED;
            find(
                    moves ? Kind.ADVICE : Kind.UNRESOLVED,
                    "certified, and " + not.reason() + ": " + not.detail());
        }
        boolean eager = run.discipline().equals(Discipline.EAGER);
        boolean clocked = run.host().equals("virtual") || run.host().equals("akka");
        if (eager
                && clocked
                && certificate.get().recommendation().equals(Certificate.TURN_TAKING)) {
            inTurns();
        }
    }

    /** Recommended without a trial, for the budget that a command has if none is given. */
    private void inTurns() {
        Settlement end = null;
        for (Budget budget : List.of(BUDGET, Budget.DEFAULT)) {
            if (end == null || end instanceof NotSettled not && isBudget(not.reason())) {
                end =
                        estimate(
                                        Setting.of(
                                                run.method(),
                                                m ->
                                                        run.plan(m.algorithm())
                                                                .withDiscipline(
                                                                        Discipline.TURN_TAKING),
                                                budget))
                                .verdict();
            }
        }
        if (end instanceof NotSettled still) {
            find(
                    Kind.ADVICE,
                    "turn-taking is recommended, and ends " + still.reason().reportName());
        }
    }

    /** Follows what is advised after a trial, with everything else as it was. */
    private void advice(NotSettled not) {
        List<Setting> tried = new ArrayList<>();
        Remedies remedies =
                new Remedies(
                        hosts.get(run.host()),
                        problem.network(),
                        not.columns().size(),
                        (session, other) -> {
                            tried.add(other);
                            return judged(session, other).estimate();
                        },
                        () -> false);
        Advice advice = remedies.find(setting(), not);
        if (!advice.isFound()) {
            return;
        }
        Setting last = tried.get(tried.size() - 1);
        long messages = BUDGET.messages(); // more may be what is advised
        Setting whole =
                Setting.of(
                        last.method(),
                        m -> last.plan(),
                        BUDGET.withMessages(Math.max(messages, last.budget().messages())));
        Settlement end = estimate(whole).verdict();
        if (end instanceof NotSettled still) {
            find(
                    Kind.ADVICE,
                    "%s is advised, and ends %s"
                            .formatted(advice.words(), still.reason().reportName()));
        }
    }

    private static boolean isBudget(Reason reason) {
        return reason == Reason.MESSAGE_BUDGET
                || reason == Reason.TIME_BUDGET
                || reason == Reason.RELAXATION_BUDGET
                || reason == Reason.IN_FLIGHT_BUDGET;
    }

    /** Settles both phases without anybody asking for basins, and follows the free state. */
    private void refusedBasin(RunPlan plan) {
        if (!run.algorithm().optionName().equals("ep") || !run.host().equals("virtual")) {
            return;
        }
        try (Session session = open(plan)) {
            Settlement free =
                    GradientEstimate.prepare(
                            session, run.method(), problem.input(), problem.target(), BUDGET);
            Settlement nudged = session.settle(run.nudged(problem), BUDGET);
            if (free instanceof Conclusive f
                    && nudged instanceof Conclusive n
                    && new Branch(problem).leadsTo(f.equilibrium(), n.equilibrium())) {
                find(Kind.SAME_BASIN, "refused as multistable, and rests on the free branch");
            }
        }
    }
}
