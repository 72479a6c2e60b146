package org.relaxon.model.rule;

/** What a curvature sent by a cell allows for until that cell relaxes again. */
public enum Moves {
    /**
     * One presynaptic cell moves: the smallest curvature, and with it the largest steps. The energy
     * never rises if a cell relaxes only on feedback that everything it projects to has computed
     * from the present activities. Layers in a chain that take turns do; cells with a common target
     * take turns through it, and it answers each of them ({@link Trait#NEEDS_RENEWAL}).
     */
    ONE_CELL,

    /**
     * Every presynaptic cell moves, in any order and as often as it likes. The energy never exceeds
     * a bound of it that never rises, as long as no cell relaxes at the same time as one that it
     * projects to; two with a common target may.
     */
    ALL_CELLS
}
