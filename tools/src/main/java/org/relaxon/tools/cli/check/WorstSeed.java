package org.relaxon.tools.cli.check;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.experiments.check.CheckSeed;
import org.relaxon.experiments.check.ReferenceProblem;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.course.RepeatedSettling;

/** The seed of a check that its arrays and its figures over time belong to. */
record WorstSeed(CheckResult result, CheckCase of, CheckSeed seed) {
    /** The worst seed of the worst case of all results; empty if no case was run. */
    static Optional<WorstSeed> of(List<CheckResult> results) {
        return results.stream()
                .filter(r -> r.worst().isPresent())
                .min(comparing(r -> r.worst().orElseThrow(), CheckCase.WORST_FIRST))
                .map(r -> of(r, r.worst().orElseThrow()));
    }

    private static WorstSeed of(CheckResult result, CheckCase worst) {
        CheckSeed seed =
                worst.seeds().stream()
                        .filter(s -> s.seed() == worst.worstSeed())
                        .findFirst()
                        .orElseThrow();
        return new WorstSeed(result, worst, seed);
    }

    /** Its network and data, with their references. */
    ReferenceProblem problem() {
        return result.problems().stream()
                .filter(p -> p.seed() == seed.seed())
                .findFirst()
                .orElseThrow();
    }

    /** Its settling again, for the page, stated in the result; null where there is none. */
    static RepeatedSettling repeated(
            List<CheckResult> results, Interruption interruption, ObjectNode json) {
        RepeatedSettling course = of(results).map(w -> w.repeated(interruption)).orElse(null);
        if (course != null) {
            json.set("course", course.json());
        }
        return course;
    }

    private RepeatedSettling repeated(Interruption interruption) {
        Host host =
                result.plan().hosts().stream()
                        .filter(h -> h.optionName().equals(of.host()))
                        .findFirst()
                        .orElseThrow();
        return seed.plan() == null
                ? null
                : RepeatedSettling.of(
                        problem().problem(),
                        CheckRepeat.method(result.plan(), of),
                        seed.plan(),
                        result.plan().budget(),
                        seed.report(),
                        host,
                        interruption::onStop);
    }
}
