package org.relaxon.tools.cli;

import java.util.Optional;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.runtime.guard.OwnParts;

/**
 * Users' own parts that run without a wrapper: data sets and connectivities. Their failures are
 * recognised by their calls above the first one of Relaxon.
 */
final class UnguardedParts {
    private UnguardedParts() {}

    /**
     * The failure of such a part, with its name, method and place; empty for any other.
     *
     * @param root what was thrown first
     */
    static Optional<OwnPartException> failure(Throwable root) {
        return in(DataSet.class, "data", root)
                .or(() -> in(Connectivity.class, "connectivity", root));
    }

    private static Optional<OwnPartException> in(Class<?> kind, String name, Throwable root) {
        try {
            for (Object part : OwnParts.load(kind)) {
                String type = part.getClass().getName();
                if (isAbove(type, root)) {
                    return Optional.of(OwnPartException.of(name + " " + type, root));
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // none can be created, so none has run
        }
        return Optional.empty();
    }

    /** Whether a class, or one within it, was called last before Relaxon was. */
    private static boolean isAbove(String type, Throwable root) {
        for (StackTraceElement frame : root.getStackTrace()) {
            String name = frame.getClassName();
            if (name.equals(type) || name.startsWith(type + "$")) {
                return true;
            }
            if (name.startsWith("org.relaxon.")) {
                return false;
            }
        }
        return false;
    }
}
