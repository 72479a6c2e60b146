package org.relaxon.experiments.claims;

import java.util.Locale;
import org.relaxon.model.math.Numeral;

/**
 * What a requested threshold leaves unsent.
 *
 * @param threshold largest change that is not sent
 * @param share of the gradient that such changes may make up
 */
record Unsent(double threshold, double share) {
    /** Beyond it a window around the predicted error has no lower end. */
    private static final double SHARE_OF_ERROR = 1.0 / ErrorWindow.ROOM;

    /**
     * Why an error cannot be judged beside it; empty if it can, as can one of 0.
     *
     * @param error to be judged; the largest of an exact estimate
     * @param exact whether the estimate is exact
     */
    String hides(double error, boolean exact) {
        return share < SHARE_OF_ERROR * error || error == 0.0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "changes below the threshold %s, which are not sent, may make up %.1e of"
                                + " the gradient, and %s",
                        Numeral.text(threshold),
                        share,
                        String.format(
                                Locale.ROOT,
                                exact
                                        ? "an exact estimate may be off by no more than %.1e"
                                        : "the error to be judged is %.1e",
                                error));
    }
}
