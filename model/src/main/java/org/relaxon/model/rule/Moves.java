package org.relaxon.model.rule;

/** What a curvature sent by a cell allows for until that cell relaxes again. */
public enum Moves {
    /**
     * One presynaptic cell moves: the smallest curvature, and with it the largest steps. The energy
     * never rises if a cell relaxes only after everything that it projects to has relaxed with the
     * present activities. Taking turns gives that order where no two cells have a common target, as
     * with layers in a chain; elsewhere one may follow the other before the target has answered.
     */
    ONE_CELL,

    /**
     * Every presynaptic cell moves, in any order and as often as it likes. The energy never exceeds
     * a bound of it that never rises, as long as no cell relaxes at the same time as one that it
     * projects to; two with a common target may.
     */
    ALL_CELLS
}
