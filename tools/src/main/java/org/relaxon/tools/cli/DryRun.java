package org.relaxon.tools.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.claims.CheckPlan;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.cell.Granularity;
import org.relaxon.runtime.settling.MemoryEstimate;

/** Says what would run. */
final class DryRun {
    private final PrintWriter out;

    DryRun(PrintWriter out) {
        this.out = out;
    }

    void print(List<CheckPlan> plans, Map<ProblemSpec, Problem> problems) {
        for (CheckPlan plan : plans) {
            Problem problem = problems.get(plan.problem());
            out.printf(
                    "%d cases x %d seeds at beta %s: %s%n",
                    plan.cases(), plan.seeds().size(), plan.beta(), problem.description());
            int columns = problem.examples() * plan.estimator().columnsPerExample();
            plan.granularities().forEach(grain -> print(problem, grain, columns));
        }
        out.flush();
    }

    void print(Problem problem, Granularity grain, int columns) {
        MemoryEstimate need = MemoryEstimate.of(problem.network(), grain, columns);
        out.printf(
                "  %-8s %d cells, %d links (each carries at least one message), about %.1f MiB%n",
                grain, need.cells(), need.links(), need.bytes() / 1048576.0);
    }
}
