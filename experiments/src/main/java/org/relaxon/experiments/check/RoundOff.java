package org.relaxon.experiments.check;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;

/** The defect that rounding leaves in cells that hold activities and not errors. */
final class RoundOff {
    /** The default tolerance: rounding may require it where a threshold implies a smaller one. */
    static final double LARGEST = 1e-8;

    private RoundOff() {}

    /** The defect at the smallest strength of a case; 0 for cells that hold errors. */
    static double of(Claim claim, Problem problem, double strength) {
        Rule rule = claim.algorithm().rule();
        if (rule.traits().has(Trait.HOLDS_ERRORS) || !rule.traits().has(Trait.ERROR_FORM)) {
            return 0.0;
        }
        double fine = claim.isExact() ? strength : strength / 10; // where the order is measured
        return rule.dynamics()
                .units()
                .roundOff(claim.estimator().phase(problem.input(), problem.target(), fine), 0);
    }

    /** Whether a case by the default tolerance resolves its strengths. */
    static boolean isResolved(Claim claim, Problem problem, double strength) {
        return of(claim, problem, strength) <= LARGEST;
    }

    /** The least strength that it resolves, from one that it may not: the defect falls with it. */
    static double leastResolved(Claim claim, Problem problem, double strength) {
        return Math.max(strength, strength * (of(claim, problem, strength) / LARGEST));
    }
}
