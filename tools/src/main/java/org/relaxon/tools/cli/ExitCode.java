package org.relaxon.tools.cli;

/** The exit codes of the process. */
final class ExitCode {
    /** The claim holds, or the work is done. */
    static final int DONE = 0;

    /** A checked claim does not hold. */
    static final int DOES_NOT_HOLD = 1;

    /** Bad input; one line on stderr names it. */
    static final int BAD_INPUT = 2;

    /** A run did not settle, or a budget was spent. */
    static final int NOT_SETTLED = 3;

    /** Out of memory or disk. */
    static final int OUT_OF_RESOURCES = 4;

    /** A defect of this program. */
    static final int DEFECT = 70;

    private ExitCode() {}
}
