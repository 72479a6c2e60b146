package org.relaxon.tools.cli.process;

/** A node in a process of its own that did not come up. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * One node.
     *
     * @param message which, and what it printed
     * @param exitCode with which the command ends
     */
    NodeStartException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** {@return the exit code with which the command ends} */
    public int exitCode() {
        return exitCode;
    }
}
