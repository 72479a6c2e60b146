package org.relaxon.model.rule;

/** A requirement of a rule on hosts, disciplines and audits, or a promise to them. */
public enum Trait {
    /** {@link Rule#correct} reads the slope, so that a jump of f' can keep a cell from resting. */
    READS_SLOPE,

    /** The activity is prediction plus error, so that an audit may compare these. */
    ERROR_FORM,

    /**
     * Feedback is computed from errors held as variables of their own, so that a change is measured
     * relative to its own size. The drive of a cell depends only on cells below it, so that a cell
     * can wait for the first signal of each of these.
     */
    HOLDS_ERRORS,

    /** Two cells that project to the same cell share a term of the energy. */
    CO_PARENTS_INTERACT,

    /**
     * A free output follows the feedback that it receives as a hidden cell does, so that an output
     * may project onwards where no phase nudges it: it is free or held. Without this trait such
     * networks are refused.
     */
    OUTPUTS_PROJECT,

    /**
     * A nudged cell adds the pull of its loss to the feedback that it receives, so that an output
     * may project onwards in every phase.
     */
    NUDGES_BESIDE_FEEDBACK,

    /** Activities and feedback are complex: two planes, real and imaginary parts. */
    COMPLEX,

    /**
     * Feedback carries a curvature and the presynaptic activity it was computed at, in two planes:
     * the curvature is plane 1, and its product with that activity is added to the gradient of
     * plane 0.
     */
    SENDS_CURVATURE,

    /**
     * The curvature sent is valid for moves of one presynaptic cell at a time and is renewed
     * between two moves; without this trait it is valid for moves of all of them.
     */
    CURVATURE_OF_ONE_CELL,

    /**
     * The promises of the rule hold only where no cell relaxes at the same time as one that it
     * projects to; hosts refuse it under disciplines other than turn-taking.
     */
    NEEDS_TURNS,

    /**
     * A cell may relax only on feedback that was computed after every other cell with a common
     * target had relaxed. Under turn-taking the target sends such feedback in between, by {@link
     * Dynamics#renew}.
     */
    NEEDS_RENEWAL,

    /** A phase that starts from another ends by running out of work, not at an energy minimum. */
    DATAFLOW,

    /**
     * In such a phase a cell acts once, after it has received a signal from all cells that it
     * projects to: a wave.
     */
    ACTS_ONCE
}
