package org.relaxon.tools.cli.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.experiments.check.CheckSeed;
import org.relaxon.experiments.compare.Order;
import org.relaxon.model.algorithm.Method;
import org.relaxon.tools.cli.option.AlgorithmOptions;

/**
 * The order of one estimator on one problem between the largest and the smallest nudging strength
 * of a check at which the error of every case stands clear of rounding.
 *
 * @param estimator name in options
 * @param algorithms that were run at both strengths
 * @param strengthName what they call their strength
 * @param coarse largest beta
 * @param fine smallest beta
 * @param least slope over all cases and seeds; NaN if any run did not settle
 * @param most slope likewise
 */
record Slopes(
        String estimator,
        List<String> algorithms,
        String strengthName,
        double coarse,
        double fine,
        double least,
        double most) {
    /** One entry per estimator and problem at which cases were judged at two or more strengths. */
    static List<Slopes> of(List<CheckResult> results) {
        Map<List<Object>, List<CheckResult>> groups = new LinkedHashMap<>();
        for (CheckResult r : results) {
            if (r.plan().against() == null && isVisible(r)) {
                groups.computeIfAbsent(
                                List.of(r.plan().estimator(), r.plan().problem()),
                                k -> new ArrayList<>())
                        .add(r);
            }
        }
        Comparator<CheckResult> byBeta = Comparator.comparingDouble(r -> r.plan().strength());
        return groups.values().stream()
                .map(own -> between(Collections.max(own, byBeta), Collections.min(own, byBeta)))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Whether no error is one of rounding, or one that the run does not judge for another reason.
     */
    private static boolean isVisible(CheckResult result) {
        return result.cases().stream()
                .allMatch(
                        c ->
                                c.notJudged().isEmpty()
                                        && c.seeds().stream().noneMatch(CheckSeed::isHidden));
    }

    /** Nothing if no case whose error depends on the strength was judged at both. */
    private static Optional<Slopes> between(CheckResult coarse, CheckResult fine) {
        if (!(coarse.plan().strength() > fine.plan().strength())) {
            return Optional.empty();
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        Set<String> algorithms = new LinkedHashSet<>();
        for (CheckCase a : coarse.cases()) {
            for (CheckCase b : fine.cases()) {
                boolean falls = a.declaredOrder() != null && a.declaredOrder() > 0;
                boolean pair = falls && key(a).equals(key(b));
                int seeds = pair ? Math.min(a.seeds().size(), b.seeds().size()) : 0;
                for (int s = 0; s < seeds; s++) {
                    double slope =
                            Order.slope(
                                    coarse.plan().strength(),
                                    a.seeds().get(s).relativeError(),
                                    fine.plan().strength(),
                                    b.seeds().get(s).relativeError());
                    algorithms.add(a.label());
                    least = Math.min(least, slope); // propagates NaN
                    most = Math.max(most, slope);
                }
            }
        }
        if (algorithms.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Slopes(
                        coarse.plan().estimator().optionName(),
                        List.copyOf(algorithms),
                        strengthName(coarse.plan(), algorithms),
                        coarse.plan().strength(),
                        fine.plan().strength(),
                        least,
                        most));
    }

    private static String strengthName(CheckPlan plan, Set<String> labels) {
        return AlgorithmOptions.strengthName(
                plan.methods().stream()
                        .map(Method::algorithm)
                        .filter(a -> labels.contains(a.label()))
                        .toList());
    }

    private static String key(CheckCase c) {
        return c.label() + " " + c.host() + " " + c.granularity() + " " + c.delay();
    }
}
