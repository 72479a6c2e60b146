package org.relaxon.tools.cli.process;

/** The exit codes of the process. */
public final class ExitCode {
    /** The claim holds, or the work is done. */
    public static final int DONE = 0;

    /** A checked claim does not hold. */
    public static final int DOES_NOT_HOLD = 1;

    /** Bad input; one line on stderr names it. */
    public static final int BAD_INPUT = 2;

    /** A run did not settle, or a budget was spent. */
    public static final int NOT_SETTLED = 3;

    /** Out of memory or disk. */
    public static final int OUT_OF_RESOURCES = 4;

    /** A defect of this program. */
    public static final int DEFECT = 70;

    private ExitCode() {}
}
