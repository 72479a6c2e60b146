package org.relaxon.tools.cli;

import java.io.IOException;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.model.settle.Reason;

/**
 * A run of several that did not settle.
 *
 * @param who names it for a reader
 * @param algorithm with its variant
 * @param search looks for advice; asked of the first run of a kind alone
 */
record RefusedRun(String who, String algorithm, Reason reason, Search search) {
    /** Tries what may help one run. */
    @FunctionalInterface
    interface Search {
        /** Within the bounds of one settling's advice. */
        Found find() throws IOException;
    }

    /**
     * What a search ended with.
     *
     * @param command makes the run as advised; empty if nothing that was tried settles it
     */
    record Found(Advice advice, String command) {}
}
