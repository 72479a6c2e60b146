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

    /** Why an error cannot be judged beside it; empty if it can, as can one of 0. */
    String hides(double error) {
        return share < SHARE_OF_ERROR * error || error == 0.0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "changes below the threshold %s, which are not sent, may make up %.1e of"
                                + " the gradient, and the error to be judged is %.1e; leave out"
                                + " --threshold",
                        Numeral.text(threshold),
                        share,
                        error);
    }
}
