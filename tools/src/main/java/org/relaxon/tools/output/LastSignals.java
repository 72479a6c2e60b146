package org.relaxon.tools.output;

import java.util.Arrays;
import org.relaxon.model.settle.Reason;

/** What became of signals, the last of a link among them, as text and page state it. */
public final class LastSignals {
    private LastSignals() {}

    /**
     * A run that a budget or the user ended leaves signals in flight, which is no loss.
     *
     * @param reason why the network did not settle, as results state it
     * @param lost signals that a fault swallowed
     * @return the end of a sentence about the last signal
     */
    public static String text(String reason, long lost) {
        return isStopped(reason) && lost == 0
                ? "was in flight when it was stopped"
                : "did not arrive";
    }

    /**
     * {@return what follows the number of messages, which leaves repeats out although losses count
     * them; empty without repeats}
     *
     * @param repeated signals sent again because they had not been confirmed
     */
    public static String repeats(long repeated) {
        return repeated == 0
                ? ""
                : " and %d repeat%s".formatted(repeated, repeated == 1 ? "" : "s");
    }

    /**
     * {@return whether a budget, the user or a lost node ended a run before it was quiescent}
     *
     * @param reason why the network did not settle, as results state it; empty if it did
     */
    public static boolean isStopped(String reason) {
        return Arrays.stream(Reason.values())
                .filter(r -> r.isBudget() || r == Reason.CANCELLED || r == Reason.NODE_LOST)
                .anyMatch(r -> r.reportName().equals(reason));
    }
}
