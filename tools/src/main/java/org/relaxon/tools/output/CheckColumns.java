package org.relaxon.tools.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in the table of a check: in lines under it, and on the page of a report. */
public final class CheckColumns {
    private static final String ROWS =
            "not settled first, then not holding, then in the order of the options";

    private static final String PAGE =
            "Rows: "
                    + ROWS
                    + ". beta: the strength, gamma of chl. worst seed: the first that did not settle,"
                    + " otherwise the one with the largest error. predicted error: what the strength"
                    + " alone has to leave. measured error: |local update - reference| / |reference|"
                    + " over all weights and biases, the largest over the seeds. 1-cosine: of the"
                    + " angle between the two. declared order: power of the strength with which the"
                    + " error has to fall; order: the same as measured. verdict: settled if nothing"
                    + " moves and the audit found every cell at its minimum, completed if the work ran"
                    + " out. holds: settled, and error and order are as stated; why: what is not.";

    private CheckColumns() {}

    /** {@return one sentence per column of the page} */
    public static String paragraph() {
        return PAGE;
    }

    /** {@return the columns of the text by their header, in order, each with its meaning} */
    public static Map<String, String> meanings() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("algorithm", "with its variant");
        out.put("reference", "the gradient that judges");
        out.put("host", "what runs the cells");
        out.put("cells", "granularity: what one cell owns");
        out.put("delay", "travel time of signals");
        out.put(
                "rel. error",
                "|local update - reference| / |reference| over all weights and biases");
        out.put("predicted", "what the strength alone has to leave of it; - if nothing or unknown");
        out.put("1-cosine", "of the angle between update and reference");
        out.put("order", "power of the strength with which the error has to fall");
        out.put("slope", "that power as measured; - if exact");
        out.put("verdict", "settled: at rest, and the audit found every cell at its minimum");
        out.put("messages", "signals sent, median over the seeds");
        out.put("holds", "settled, with error and slope as stated; what is not stands below");
        return out;
    }

    /** {@return the lines under the text, the order of rows first} */
    public static List<String> lines() {
        List<String> out = new ArrayList<>();
        out.add("rows         " + ROWS);
        meanings().forEach((name, text) -> out.add("%-12s %s".formatted(name, text)));
        return out;
    }
}
