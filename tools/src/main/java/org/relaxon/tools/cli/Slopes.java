package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relaxon.experiments.claims.CheckCase;
import org.relaxon.experiments.claims.CheckResult;
import org.relaxon.experiments.compare.Order;
import org.relaxon.model.plasticity.Estimator;

/**
 * The order of one estimator between the largest and the smallest nudging strength of a check.
 *
 * @param estimator name in options
 * @param coarse largest beta
 * @param fine smallest beta
 * @param least slope over all cases and seeds; NaN if any run did not settle
 * @param most slope likewise
 */
record Slopes(String estimator, double coarse, double fine, double least, double most) {
    /** One entry per estimator that was run on one problem at two or more nudging strengths. */
    static List<Slopes> of(List<CheckResult> results) {
        List<Slopes> out = new ArrayList<>();
        for (Estimator estimator : Estimator.values()) {
            List<CheckResult> own =
                    results.stream()
                            .filter(r -> r.plan().estimator() == estimator)
                            .filter(r -> r.plan().against() == null)
                            .toList();
            boolean one = own.stream().map(r -> r.plan().problem()).distinct().count() == 1;
            if (own.size() > 1 && one) {
                Comparator<CheckResult> byBeta = Comparator.comparingDouble(r -> r.plan().beta());
                out.add(
                        between(
                                own.stream().max(byBeta).orElseThrow(),
                                own.stream().min(byBeta).orElseThrow()));
            }
        }
        return out;
    }

    private static Slopes between(CheckResult coarse, CheckResult fine) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (CheckCase a : coarse.cases()) {
            for (CheckCase b : fine.cases()) {
                int seeds =
                        key(a).equals(key(b)) ? Math.min(a.seeds().size(), b.seeds().size()) : 0;
                for (int s = 0; s < seeds; s++) {
                    double slope =
                            Order.slope(
                                    coarse.plan().beta(),
                                    a.seeds().get(s).relativeError(),
                                    fine.plan().beta(),
                                    b.seeds().get(s).relativeError());
                    least = Math.min(least, slope); // hands NaN on
                    most = Math.max(most, slope);
                }
            }
        }
        return new Slopes(
                coarse.plan().estimator().optionName(),
                coarse.plan().beta(),
                fine.plan().beta(),
                least,
                most);
    }

    private static String key(CheckCase c) {
        return c.label() + " " + c.host() + " " + c.granularity() + " " + c.delay();
    }
}
