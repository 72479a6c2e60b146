package org.relaxon.experiments.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.DifferenceForm;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Numeral;

/**
 * What to type so that a case that is not judged can be: the threshold left out, a larger strength,
 * the form by differences, or double precision. All limits are considered together, so that one
 * change does not lead to the next.
 *
 * @param plan of the check
 * @param claim of the case
 * @param problem of the seed
 * @param yardstick of the claim, after its windows are known
 * @param error relative error to be judged at the requested strength; not read if exact
 * @param share of the gradient that rounding may make up there
 */
record Remedy(
        CheckPlan plan,
        Claim claim,
        Problem problem,
        Yardstick yardstick,
        double error,
        double share) {
    /** An exact estimate can be judged while rounding is below this share of the gradient. */
    private static final double EXACT_AT_MOST = 0.01;

    /** {@return the advice, with a semicolon before it; empty if none is known} */
    String text() {
        boolean requested = !Double.isNaN(plan.threshold());
        boolean clear = isClear(share);
        boolean resolved = RoundOff.isResolved(claim, problem, plan.strength());
        List<String> choices = new ArrayList<>();
        if (clear && resolved) {
            return requested ? "; leave out --threshold" : "";
        }
        strength(clear).ifPresent(choices::add);
        if (!clear && resolved && isClear(shareByDifferences())) {
            choices.add("--form difference");
        }
        if (!clear && problem.precision() == Kernels.Precision.FLOAT) {
            choices.add("--precision double");
        }
        String taken = String.join(" or ", choices);
        return taken.isEmpty()
                ? ""
                : (requested ? "; leave out --threshold and take " : "; take ") + taken;
    }

    /** Whether the error can be judged beside rounding; also where rounding is not known. */
    private boolean isClear(double rounding) {
        return claim.isExact() ? !(rounding > EXACT_AT_MOST) : !(rounding >= error);
    }

    /** By differences no rounding is divided by the strength; infinite without that form. */
    private double shareByDifferences() {
        return DifferenceForm.of(claim.algorithm()).isPresent()
                ? yardstick.rounding().bound(0.0, 0.0) / yardstick.rounding().size()
                : Double.POSITIVE_INFINITY;
    }

    /** The least power of ten that is large enough, if errors still follow their law there. */
    private Optional<String> strength(boolean clear) {
        double asked = plan.strength();
        double least = RoundOff.leastResolved(claim, problem, asked);
        if (!clear && claim.isExact()) {
            return Optional.empty(); // its rounding may not depend on the strength
        }
        if (!clear) {
            double seen =
                    OrderBetas.leastMeasurable(
                            claim, asked, error, share, yardstick.cancellations());
            least = Math.max(least, seen);
        }
        double most =
                Math.max(OrderBetas.HIGHEST, Defaults.of(claim.algorithm()).method().strength());
        if (!(least <= most)) {
            return Optional.empty();
        }
        double round = Double.parseDouble("1e" + (int) Math.ceil(Math.log10(least) - 1e-9));
        boolean gain = claim.algorithm().strength() == Algorithm.Strength.GAMMA;
        return Optional.of((gain ? "--gamma " : "--beta ") + Numeral.text(Math.min(most, round)));
    }
}
