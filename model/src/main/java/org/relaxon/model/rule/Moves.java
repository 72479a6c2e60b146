package org.relaxon.model.rule;

/** The moves for which a curvature sent by a cell is valid until that cell relaxes again. */
public enum Moves {
    /**
     * One presynaptic cell moves: the smallest curvature, hence the largest steps. The energy never
     * rises if a cell relaxes only on feedback that all its targets have computed from the present
     * activities. Layers in a chain that take turns satisfy this. Cells with a common target take
     * turns through it, and it responds to each of them ({@link Trait#NEEDS_RENEWAL}).
     */
    ONE_CELL,

    /**
     * Every presynaptic cell moves, in any order and any number of times. The energy never exceeds
     * a bound that never rises, as long as no cell relaxes at the same time as one that it projects
     * to; two with a common target may.
     */
    ALL_CELLS
}
