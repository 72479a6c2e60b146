package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;

/**
 * What to change about the first run of a grid that did not settle: one run, so that the trials of
 * a sweep cost no more than those of one settling.
 *
 * @param run its number in the grid
 * @param command settles it as advised; empty if nothing that was tried does
 */
record SweepAdvice(int run, Advice advice, String command) {
    /** Empty if all settled or were refused beforehand, or nothing could be tried. */
    static Optional<SweepAdvice> of(
            SweepRun runs,
            SweepConfig config,
            Collection<SweepRow> rows,
            Host host,
            Interruption interruption)
            throws IOException {
        for (SweepRow row : rows) {
            Optional<Reason> reason = reason(row);
            if (reason.isPresent()) {
                GridPoint point = runs.grid().point(row.index());
                Advice found = find(runs.resolve(point), host, reason.get(), interruption);
                String command =
                        found.isFound()
                                ? config.repeat(
                                        runs, point, Set.copyOf(found.replaced()), found.words())
                                : "";
                return found.line().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SweepAdvice(row.index(), found, command));
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> reason(SweepRow row) {
        return Arrays.stream(Reason.values())
                .filter(r -> r != Reason.CANCELLED && r.reportName().equals(row.reason()))
                .findFirst();
    }

    private static Advice find(ResolvedRun run, Host host, Reason reason, Interruption interruption)
            throws IOException {
        Problem problem = run.problem().build();
        Setting setting =
                Setting.of(
                        run.algorithm(),
                        run.estimator(),
                        run.strength(),
                        (other, strength) -> run.plan().withRule(other.rule()),
                        run.budget());
        return new JudgedSettling(problem, interruption).advice(host, setting, reason);
    }

    void fill(ObjectNode json) {
        json.put("advice", advice.line());
        json.put("adviceRun", run);
        json.put("adviceCommand", command.isEmpty() ? null : command);
        json.put("adviceMessages", command.isEmpty() ? null : Long.valueOf(advice.messages()));
    }

    void print(PrintWriter out) {
        out.printf("%nadvice for run %d: %s%n", run, advice.line());
        if (!command.isEmpty()) {
            out.println("    " + command);
        }
    }
}
