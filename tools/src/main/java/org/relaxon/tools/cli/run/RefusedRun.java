package org.relaxon.tools.cli.run;

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
public record RefusedRun(String who, String algorithm, Reason reason, Search search) {
    /** Tries likely remedies for one run. */
    @FunctionalInterface
    public interface Search {
        /**
         * Searches within the bounds of advice for one settling.
         *
         * @return what was found
         * @throws IOException if the run cannot be built from its files
         */
        Found find() throws IOException;
    }

    /**
     * The result of a search.
     *
     * @param advice possibly empty
     * @param command makes the run as advised; empty if no trial settled
     * @param why proof that no option of the same algorithm makes it settle; empty without one
     */
    public record Found(Advice advice, String command, String why) {
        /**
         * Without a proof.
         *
         * @param advice possibly empty
         * @param command makes the run as advised; empty if no trial settled
         */
        public Found(Advice advice, String command) {
            this(advice, command, "");
        }

        /** {@return reason and advice in one line; empty if there is neither} */
        public String line() {
            String line = advice.line();
            return why.isEmpty() || line.isEmpty() ? why + line : why + "; " + line;
        }
    }
}
