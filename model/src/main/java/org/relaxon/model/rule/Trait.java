package org.relaxon.model.rule;

/** What a rule needs of hosts, disciplines and audits, or promises to them. */
public enum Trait {
    /** {@link Rule#correct} reads the slope, so that a jump of f' can keep a cell from resting. */
    READS_SLOPE,

    /** The activity is prediction plus error, so that an audit may compare these. */
    ERROR_FORM,

    /**
     * What travels back is made of errors held as variables of their own, so that a change of it is
     * measured by its own size; and the drive of a cell depends on cells below it alone, so that a
     * cell can wait for the first word of all of these.
     */
    HOLDS_ERRORS,

    /** Two cells that project to the same cell share a term of the energy. */
    CO_PARENTS_INTERACT,

    /** Activities and feedback are complex: two planes, real and imaginary parts. */
    COMPLEX,

    /**
     * Feedback carries a curvature and the presynaptic activity it was computed at, in two planes:
     * the curvature is plane 1, and its product with that activity is added to the gradient of
     * plane 0.
     */
    SENDS_CURVATURE,

    /**
     * The curvature that is sent allows for moves of one presynaptic cell at a time, between two of
     * which it is renewed; without this, for moves of all of them.
     */
    CURVATURE_OF_ONE_CELL,

    /**
     * What the rule promises holds only where no cell relaxes at the same time as one that it
     * projects to; hosts refuse it under other disciplines than turn-taking.
     */
    NEEDS_TURNS,

    /**
     * A cell may relax only on feedback that was computed after every other cell with a common
     * target had relaxed: in turns, the target answers in between, by {@link Dynamics#renew}.
     */
    NEEDS_RENEWAL,

    /** A phase that starts from another ends by running out of work, not at an energy minimum. */
    DATAFLOW,

    /**
     * In such a phase a cell acts once, when it has heard from all cells that it projects to: a
     * wave.
     */
    ACTS_ONCE
}
