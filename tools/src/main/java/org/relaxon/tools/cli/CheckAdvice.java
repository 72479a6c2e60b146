package org.relaxon.tools.cli;

import java.util.List;
import java.util.Optional;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.claims.CheckCase;
import org.relaxon.experiments.claims.CheckPlan;
import org.relaxon.experiments.claims.CheckResult;
import org.relaxon.experiments.claims.CheckSeed;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;

/**
 * What to change about a check in which a case did not settle: of the first such case, with its
 * first seed that did not, so that the trials of a check cost no more than those of one run.
 *
 * @param who case and seed, for a reader
 */
record CheckAdvice(String who, Advice advice) {
    /** Empty if all settled at the asked strength, or nothing could be tried. */
    static Optional<CheckAdvice> of(List<CheckResult> results, Interruption interruption) {
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                CheckSeed failed =
                        c.seeds().stream().filter(CheckAdvice::isRefused).findFirst().orElse(null);
                if (failed != null) {
                    Advice found = find(result, c, failed, interruption);
                    String who =
                            "%s, %s, %s cells, delay %s, seed %d"
                                    .formatted(
                                            c.label(),
                                            c.host(),
                                            c.granularity(),
                                            c.delay(),
                                            failed.seed());
                    return found.line().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new CheckAdvice(who, found));
                }
            }
        }
        return Optional.empty();
    }

    /** At the asked strength: what fails at another one, at which the order is measured, is not. */
    private static boolean isRefused(CheckSeed seed) {
        return !seed.settled() && seed.comparison() == null && seed.reason() != Reason.CANCELLED;
    }

    private static Advice find(
            CheckResult result, CheckCase c, CheckSeed failed, Interruption interruption) {
        CheckPlan plan = result.plan();
        Algorithm algorithm =
                plan.algorithms().stream()
                        .filter(a -> a.label().equals(c.label()))
                        .findFirst()
                        .orElseThrow();
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
                        algorithm,
                        plan.estimator(),
                        plan.beta(),
                        (other, strength) -> failed.plan().withRule(other.rule()),
                        plan.budget());
        return new JudgedSettling(problem, interruption).advice(host, setting, failed.reason());
    }
}
