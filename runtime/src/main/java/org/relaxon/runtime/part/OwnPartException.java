package org.relaxon.runtime.part;

/** A part of a user's own failed, or broke its contract, while it was read or while it ran. */
public final class OwnPartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line that names the option and the part
     */
    public OwnPartException(String message) {
        super(message);
    }

    private OwnPartException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The exception to throw for what a part threw.
     *
     * @param part the option and the part, such as {@code delay: by-size:1ms}
     * @param cause what the part threw
     * @return the exception
     * @throws VirtualMachineError the cause itself, unless a stack was too deep
     */
    public static OwnPartException of(String part, Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
        return new OwnPartException("%s failed: %s".formatted(part, cause), cause);
    }

    /**
     * The one among a failure and its causes; null if there is none.
     *
     * @param failure any failure
     * @return the exception, or null
     */
    public static OwnPartException in(Throwable failure) {
        Throwable t = failure;
        while (t != null && !(t instanceof OwnPartException)) {
            t = t.getCause();
        }
        return (OwnPartException) t;
    }
}
