package org.relaxon.model.part;

/** A user's own part failed, or broke its contract, while it was read or while it ran. */
public final class OwnPartException extends RuntimeException {
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
     * The exception to throw for a failure of a part.
     *
     * @param part the option and the part, such as {@code delay: by-size:1ms}
     * @param thrown by the part
     * @return the exception, which names the first place outside Relaxon and Java
     * @throws VirtualMachineError the failure itself, unless a stack overflowed
     */
    public static OwnPartException of(String part, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal
                && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        boolean hidden = thrown instanceof ExceptionInInitializerError && thrown.getCause() != null;
        Throwable failure = hidden ? thrown.getCause() : thrown;
        StackTraceElement place = OwnFrames.first(failure);
        String where = place == null ? "" : ", at " + OwnFrames.text(place);
        return new OwnPartException("%s failed: %s%s".formatted(part, failure, where), thrown);
    }

    /**
     * Whether a failure that passes a guard came from a user's code; a part with default methods
     * may have run only Relaxon's code. True if there is no stack trace: the virtual machine omits
     * it after throwing the same exception often.
     *
     * @param guards prefixes of the class names of guards
     * @param thrown the failure
     * @return whether it came from a user's code
     */
    public static boolean isOwn(String guards, Throwable thrown) {
        return OwnFrames.isAbove(guards, thrown);
    }

    /**
     * The exception of this type among a failure and its causes; null if there is none.
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
