package org.relaxon.experiments.reproduction;

import java.util.List;

/**
 * One thing that has to be so if the finding is reproduced. What was not looked at does not hold: a
 * check over no runs fails.
 *
 * @param name what is claimed, in a few words
 * @param expected the bar, stated before anything is measured
 * @param measured the figure beside it
 * @param holds whether the figure reaches the bar
 */
public record ShapeCheck(String name, String expected, String measured, boolean holds) {
    /**
     * {@return true if all hold, and there are any}
     *
     * @param checks of one reproduction
     */
    public static boolean allHold(List<ShapeCheck> checks) {
        return !checks.isEmpty() && checks.stream().allMatch(ShapeCheck::holds);
    }

    /** How many of some runs do what all of them have to. */
    static ShapeCheck all(String name, String expected, long good, long of) {
        return new ShapeCheck(name, expected, good + " of " + of, of > 0 && good == of);
    }
}
