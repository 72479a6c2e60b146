package org.relaxon.model.part;

import java.util.List;

/** Calls of a user's own code in the stack trace of a failure. */
final class OwnFrames {
    private static final List<String> OTHERS =
            List.of("org.relaxon.", "java.", "javax.", "jdk.", "sun.", "com.sun.");

    private OwnFrames() {}

    /** The innermost call; null if there is none. */
    static StackTraceElement first(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (isOwn(frame)) {
                return frame;
            }
        }
        return null;
    }

    /**
     * Whether the user's code appears above the first call from a class whose name begins with the
     * prefix.
     */
    static boolean isAbove(String guards, Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(guards)) {
                return false;
            }
            if (isOwn(frame)) {
                return true;
            }
        }
        return stack.length == 0;
    }

    private static boolean isOwn(StackTraceElement frame) {
        return OTHERS.stream().noneMatch(frame.getClassName()::startsWith);
    }

    static String text(StackTraceElement frame) {
        String place =
                frame.getFileName() == null
                        ? ""
                        : frame.getLineNumber() < 0
                                ? "(%s)".formatted(frame.getFileName())
                                : "(%s:%d)".formatted(frame.getFileName(), frame.getLineNumber());
        return frame.getClassName() + "." + frame.getMethodName() + place;
    }
}
