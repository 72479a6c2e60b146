package org.relaxon.experiments.claims;

import java.util.List;
import java.util.Locale;

/** The conditions under which the claim holds in one case; NaN meets none. */
final class Verdict {
    /** How far a measured slope may be from the declared order. */
    static final double SLOPE_TOLERANCE = 0.05;

    private final int declaredOrder;
    private final OrderBetas betas;

    Verdict(int declaredOrder, OrderBetas betas) {
        this.declaredOrder = declaredOrder;
        this.betas = betas;
    }

    /** The first condition that a seed does not meet, with numbers; empty if all meet all. */
    String whyNot(List<CheckSeed> seeds) {
        for (CheckSeed s : seeds) {
            if (!s.settled()) {
                return text(
                        "seed %d did not settle: %s, %s",
                        s.seed(), s.reason().reportName(), s.detail());
            }
        }
        for (CheckSeed s : seeds) {
            String zero = s.comparison().total().cosineReason();
            if (zero != null) {
                return text("seed %d: %s, so there is no relative error to judge", s.seed(), zero);
            }
        }
        for (CheckSeed s : seeds) {
            if (!(Math.abs(s.order() - declaredOrder) <= SLOPE_TOLERANCE)) {
                return text(
                        "seed %d: order %.3f between beta %.1e and %.1e is not within %.2f of %d",
                        s.seed(),
                        s.order(),
                        betas.coarse(),
                        betas.fine(),
                        SLOPE_TOLERANCE,
                        declaredOrder);
            }
        }
        for (CheckSeed s : seeds) {
            if (!s.window().contains(s.relativeError())) {
                return text(
                        "seed %d: relative error %.3e is not in the window %.3e to %.3e",
                        s.seed(), s.relativeError(), s.window().lower(), s.window().upper());
            }
        }
        return "";
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
