package org.relaxon.tools.cli.check;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.text.Figures;

/** Prints the cases that a check would run. */
final class CheckDryRun {
    private final PrintWriter out;
    private final ResolvedText text;

    CheckDryRun(PrintWriter out, ResolvedText text) {
        this.out = out;
        this.text = text;
    }

    void print(List<CheckPlan> plans, Map<ProblemSpec, Problem> problems) {
        for (CheckPlan plan : plans) {
            Problem problem = problems.get(plan.problem());
            out.printf(
                    "%d cases x %d seeds at %s %s: %s%n",
                    plan.cases(),
                    plan.seeds().size(),
                    AlgorithmOptions.strengthName(
                            plan.methods().stream().map(Method::algorithm).toList()),
                    Figures.number(plan.strength()),
                    problem.description());
            int columns = problem.examples() * plan.estimator().columnsPerExample();
            settings(plan, problem);
            plan.granularities().forEach(grain -> text.cells(problem, grain, columns));
        }
        out.flush();
    }

    /** The common settings of all cases of a plan, and the initial settings of each algorithm. */
    private void settings(CheckPlan plan, Problem problem) {
        text.line(
                "cases",
                "on %s under delay %s, %s, seeds %s"
                        .formatted(
                                names(plan.hosts(), Host::optionName),
                                names(plan.delays(), DelayModel::spec),
                                plan.estimator().optionName(),
                                names(plan.seeds(), s -> Long.toString(s))));
        for (Method method : plan.methods()) {
            Algorithm algorithm = method.algorithm();
            Reference reference = Claim.reference(algorithm, plan.against(), problem.network());
            text.line(
                    "algorithm",
                    AlgorithmOptions.label(algorithm) + " against " + reference.optionName());
            text.threshold(plan.threshold(method, problem.network()), false);
        }
        text.line(
                "tolerance",
                Double.isNaN(plan.tolerance())
                        ? "100 x threshold for defects, and what rounding leaves"
                        : Figures.number(plan.tolerance()));
        text.line("discipline", plan.conditions().discipline().toString());
        NetworkTiming.print(out, plan.conditions().timing());
        text.conditions(plan.kernels(), 0.0);
        text.budget(
                plan.budget(),
                plan.auditRounds(),
                plan.hosts().stream().noneMatch(Host::keepsTime));
    }

    private static <T> String names(List<T> some, Function<T, String> name) {
        return some.stream().map(name).collect(Collectors.joining(", "));
    }
}
