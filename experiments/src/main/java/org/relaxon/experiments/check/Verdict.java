package org.relaxon.experiments.check;

import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Numeral;

/** The conditions under which the claim holds in one case; NaN meets none. */
final class Verdict {
    /** How far a measured slope may be from the declared order. */
    static final double SLOPE_TOLERANCE = 0.05;

    /** The same as a share of the order: steep errors bend more within a step of beta. */
    private static final double SLOPE_SHARE = 0.02;

    private final Claim claim;

    Verdict(Claim claim) {
        this.claim = claim;
    }

    /** The first condition that a seed does not meet, with numbers; empty if all seeds meet all. */
    String whyNot(List<CheckSeed> seeds, List<String> missingFaults) {
        String why = whyNot(seeds);
        return why.isEmpty() && !missingFaults.isEmpty()
                ? "fault " + missingFaults + " was requested and never happened"
                : why;
    }

    /** Whether one seed alone meets all. */
    boolean isMet(CheckSeed seed) {
        return whyNot(List.of(seed), List.of()).isEmpty();
    }

    private String whyNot(List<CheckSeed> seeds) {
        for (CheckSeed s : seeds) {
            if (!s.settled()) {
                return text(
                        "seed %d did not settle: %s, %s",
                        s.seed(), s.reason().reportName(), s.detail());
            }
        }
        for (CheckSeed s : seeds) {
            if (!s.detail().isEmpty()) {
                return text("seed %d: %s", s.seed(), s.detail());
            }
        }
        return whyNotMeasured(seeds.stream().filter(s -> s.unjudged().isEmpty()).toList());
    }

    /** Conditions on the error, of the seeds that can be judged. */
    private String whyNotMeasured(List<CheckSeed> seeds) {
        for (CheckSeed s : seeds) {
            String zero = s.comparison().total().cosineReason();
            if (zero != null && !s.isWithinRounding()) {
                return text("seed %d: %s, so there is no relative error to judge", s.seed(), zero);
            }
        }
        for (CheckSeed s : seeds) {
            boolean hidden = s.betas() == null && !s.remark().isEmpty();
            boolean measured = !claim.isExact() && !hidden;
            if (measured && !isOfOrder(s, claim.order())) {
                return notOfOrder(s);
            }
        }
        for (CheckSeed s : seeds) {
            boolean zero = s.comparison().total().cosineReason() != null; // judged above
            if (!zero && !s.window().contains(s.relativeError())) {
                return text(
                        "seed %d: relative error %.3e is not in the window %.3e to %.3e",
                        s.seed(), s.relativeError(), s.window().lower(), s.window().upper());
            }
        }
        for (CheckSeed s : seeds) {
            boolean zero = s.comparison().total().cosineReason() != null; // judged above
            String part = zero ? "" : part(s);
            if (!part.isEmpty()) {
                return part;
            }
        }
        return "";
    }

    /** Whether a measured order is the declared one. */
    static boolean isOfOrder(CheckSeed seed, int declared) {
        return Math.abs(seed.order() - declared) <= tolerance(declared);
    }

    private static double tolerance(int declared) {
        return Math.max(SLOPE_TOLERANCE, SLOPE_SHARE * declared);
    }

    private String notOfOrder(CheckSeed s) {
        boolean gain = claim.algorithm().strength() == Algorithm.Strength.GAMMA;
        String name = gain ? "gamma" : "beta";
        String highest = Numeral.text(OrderBetas.HIGHEST);
        String large =
                s.betas().coarse() > OrderBetas.HIGHEST
                        ? text(
                                "; a power law is one of small strengths, measured from %s <= %s"
                                        + " downwards, such as by --%s %s",
                                name, highest, name, highest)
                        : "";
        return text(
                        "seed %d: order %.3f between %s %.1e and %.1e is not within %.2f of %d",
                        s.seed(),
                        s.order(),
                        name,
                        s.betas().coarse(),
                        s.betas().fine(),
                        tolerance(claim.order()),
                        claim.order())
                + large;
    }

    /** The first projection or population's biases outside its required range. */
    private static String part(CheckSeed s) {
        List<ProjectionComparison> all = s.comparison().projections();
        for (int k = 0; k < all.size(); k++) {
            ProjectionComparison one = all.get(k);
            boolean nothing = one.isZeroBesideZero() || s.isRounded(k);
            if (!nothing && !s.parts().get(k).contains(one.relativeError())) {
                return text(
                        "seed %d: relative error %.3e of %s is not in its window %.3e to %.3e",
                        s.seed(),
                        one.relativeError(),
                        one.name(),
                        s.parts().get(k).lower(),
                        s.parts().get(k).upper());
            }
        }
        return "";
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
