package org.relaxon.tools.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relaxon.tools.cli.text.Words;

/**
 * How a result states whether its run was stopped.
 *
 * @param stopped whether the user's request to stop left the result incomplete
 * @param exitCode of a stopped run; 0 otherwise
 * @param by the signal, such as SIGINT; null unless it was stopped
 * @param goOn the command that continues, as results record it; null if nothing was stored to
 *     continue from
 */
public record Stop(boolean stopped, int exitCode, String by, String goOn) {
    /** For a run that came to its own end. */
    public static final Stop NONE = new Stop(false, 0, null, null);

    /**
     * The verdict of a result.
     *
     * @param own the verdict unless the run was stopped
     * @return the same, or {@link Interruption#VERDICT}
     */
    public String verdict(String own) {
        return stopped ? Interruption.VERDICT : own;
    }

    /**
     * Replaces the verdict of an incomplete result.
     *
     * @param result to be extended
     */
    public void fill(ObjectNode result) {
        result.put(Interruption.VERDICT, stopped);
        if (stopped) {
            result.put("verdict", Interruption.VERDICT);
            result.put("exitCode", exitCode);
            result.put("stoppedBy", by);
            result.put("goOn", goOn == null ? null : Words.withoutResultFile(goOn));
            if (result.has("holds")) {
                result.put("holds", isDenied(result) ? Boolean.FALSE : null); // null: open
            }
        }
    }

    /** Whether the claim fails in a finished case, whatever those that are left would state. */
    private static boolean isDenied(ObjectNode result) {
        for (JsonNode one : result.path("cases")) {
            if (one.path("caseHolds").isBoolean() && !one.path("caseHolds").asBoolean()) {
                return true;
            }
        }
        return false;
    }
}
