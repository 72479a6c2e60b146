package org.relaxon.experiments.claims;

import java.util.Locale;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.reference.FiniteDifference;
import org.relaxon.model.network.Network;

/** A reference gradient is not known well enough to judge an estimate by it. */
final class UncertainReferenceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The largest uncertainty, as a share of the window. */
    private static final double SHARE = 0.5;

    /** A gradient below it is compared by what rounding leaves, not by its own size. */
    private static final double ZERO = 1e-6;

    private UncertainReferenceException(String why) {
        super(why);
    }

    /** Refuses a derivative that is more uncertain than half the window of an exact claim. */
    static void require(Claim claim, Network network, FiniteDifference.Derivative found) {
        double norm = GradientComparison.norm(network, found.gradient());
        double most = SHARE * claim.bound();
        if (!(found.uncertainty() <= most * Math.max(norm, ZERO))) { // also NaN
            throw new UncertainReferenceException(
                    String.format(
                            Locale.ROOT,
                            "the reference is uncertain by %.1e of itself, more than the %.1e that"
                                    + " the window allows",
                            found.uncertainty() / norm,
                            most));
        }
    }
}
