package org.relaxon.tools.cli;

import java.io.IOException;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.model.settle.Reason;

/**
 * One of several runs that did not settle.
 *
 * @param who name for display
 * @param algorithm with its variant
 * @param search finds advice; called only for the first run of a kind
 */
record RefusedRun(String who, String algorithm, Reason reason, Search search) {
    /** Tries likely remedies for one run. */
    @FunctionalInterface
    interface Search {
        /** Within the bounds of advice for one settling. */
        Found find() throws IOException;
    }

    /**
     * The result of a search.
     *
     * @param command makes the run as advised; empty if no trial settled
     */
    record Found(Advice advice, String command) {}
}
