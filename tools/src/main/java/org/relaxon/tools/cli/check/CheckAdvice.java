package org.relaxon.tools.cli.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.check.CasePlan;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.experiments.check.CheckSeed;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.run.JudgedSettling;
import org.relaxon.tools.cli.run.RefusedRun;
import org.relaxon.tools.cli.run.Unbounded;

/** Advice about the cases of a check, seed by seed. */
final class CheckAdvice {
    private final CheckRepeat repeat;
    private final Interruption interruption;

    CheckAdvice(CheckRepeat repeat, Interruption interruption) {
        this.repeat = repeat;
        this.interruption = interruption;
    }

    /** Advice about seeds that did not settle at the requested strength. */
    AdviceByKind of(List<CheckResult> results) throws IOException {
        List<RefusedRun> refused = new ArrayList<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                c.seeds().stream()
                        .filter(CheckAdvice::isRefused)
                        .forEach(seed -> refused.add(refused(result, c, seed)));
            }
        }
        return AdviceByKind.of(refused);
    }

    /**
     * At the requested strength; a failure at another one, at which the order is measured, does not
     * count.
     */
    private static boolean isRefused(CheckSeed seed) {
        return !seed.settled()
                && seed.comparison() == null
                && seed.reason() != Reason.CANCELLED
                && seed.reason() != Reason.NODE_LOST;
    }

    private RefusedRun refused(CheckResult result, CheckCase c, CheckSeed seed) {
        String who =
                "%s, %s, %s cells, delay %s, seed %d"
                        .formatted(c.label(), c.host(), c.granularity(), c.delay(), seed.seed());
        return new RefusedRun(who, c.label(), seed.reason(), () -> find(result, c, seed));
    }

    private RefusedRun.Found find(CheckResult result, CheckCase c, CheckSeed failed) {
        CheckPlan plan = result.plan();
        Host host =
                plan.hosts().stream()
                        .filter(h -> h.optionName().equals(c.host()))
                        .findFirst()
                        .orElseThrow();
        Problem problem =
                result.problems().stream()
                        .filter(p -> p.seed() == failed.seed())
                        .findFirst()
                        .orElseThrow()
                        .problem();
        Setting setting =
                Setting.of(
                        CheckRepeat.method(plan, c),
                        other -> failed.plan().withRule(other.algorithm().rule()),
                        plan.budget());
        Setting own =
                Double.isNaN(plan.threshold())
                        ? setting
                        : setting.orUnthresholded(
                                other ->
                                        CasePlan.unthresholded(
                                                failed.plan(), plan, other, problem));
        Unbounded unbounded = Unbounded.of(failed.reason(), setting.method(), problem);
        Advice found =
                unbounded.isProven()
                        ? Unbounded.advice(
                                new JudgedSettling(problem, null, interruption),
                                host,
                                own,
                                plan.problem())
                        : new JudgedSettling(problem, plan.against(), interruption)
                                .againstPrediction()
                                .advice(host, own, failed.reason());
        String command =
                found.isFound()
                        ? repeat.command(
                                plan, c, failed.seed(), Set.copyOf(found.replaced()), found.words())
                        : "";
        return new RefusedRun.Found(found, command, unbounded.why());
    }
}
