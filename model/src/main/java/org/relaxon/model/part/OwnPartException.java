package org.relaxon.model.part;

/** A part of a user's own failed, or broke its contract, while it was read or while it ran. */
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
     * The exception to throw for what a part threw.
     *
     * @param part the option and the part, such as {@code delay: by-size:1ms}
     * @param thrown by the part
     * @return the exception, which names the first place outside Relaxon and Java
     * @throws VirtualMachineError the failure itself, unless a stack was too deep
     */
    public static OwnPartException of(String part, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal
                && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        boolean hidden = thrown instanceof ExceptionInInitializerError && thrown.getCause() != null;
        Throwable told = hidden ? thrown.getCause() : thrown;
        StackTraceElement place = OwnFrames.first(told);
        String where = place == null ? "" : ", at " + OwnFrames.text(place);
        return new OwnPartException("%s failed: %s%s".formatted(part, told, where), thrown);
    }

    /**
     * Whether a failure that passes a guard came through a user's code: a method with a default may
     * have run Relaxon's alone. True where there is no stack, which a virtual machine leaves out
     * that has thrown the same often.
     *
     * @param guards what the class names of guards begin with
     * @param thrown the failure
     * @return whether it did
     */
    public static boolean isOwn(String guards, Throwable thrown) {
        return OwnFrames.isAbove(guards, thrown);
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
