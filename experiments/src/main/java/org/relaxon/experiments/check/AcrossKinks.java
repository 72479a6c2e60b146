package org.relaxon.experiments.check;

import java.util.Locale;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.reference.CrossedKinks;
import org.relaxon.model.network.Network;

/**
 * What can be judged where units cross a kink of their activation between the free and the nudged
 * state: there the error jumps, so that it follows no power law, and its size is predicted only
 * where theory finds the state on the other side.
 */
final class AcrossKinks {
    /** A larger error, though predicted, does not show that the updates are the gradient. */
    private static final double SMALL = 0.01;

    private static final String FEWER = "; a smaller strength crosses fewer";

    private AcrossKinks() {}

    /**
     * A seed whose order was measured. If the prediction is met and the order is not, it is judged
     * by its windows alone, and a large error decides nothing. Undecided as well if the order is
     * met and no prediction is known.
     */
    static CheckSeed judged(CheckSeed measured, Claim claim, Network network) {
        Verdict verdict = new Verdict(claim);
        boolean smooth = CrossedKinks.isSmooth(network);
        if (smooth || !measured.settled() || measured.betas() == null || verdict.isMet(measured)) {
            return measured;
        }
        boolean predicted = !Double.isNaN(measured.predicted());
        if (predicted) {
            CheckSeed plain = measured.withoutOrder(jumps(measured));
            boolean small = measured.relativeError() <= SMALL;
            CheckSeed met = small ? plain : plain.undecided(plain.remark() + FEWER);
            return verdict.isMet(plain) ? met : measured;
        }
        boolean ordered = Verdict.isOfOrder(measured, claim.order());
        return ordered
                ? measured.undecided(
                        "the error falls as it must, and its size at this strength is not predicted"
                                + " where units cross a kink"
                                + FEWER)
                : measured;
    }

    private static String jumps(CheckSeed seed) {
        return String.format(
                Locale.ROOT,
                "order not measurable: between the strengths %.1e and %.1e units cross a kink, where"
                        + " the error jumps; it is as predicted at the requested one",
                seed.betas().fine(),
                seed.betas().coarse());
    }
}
