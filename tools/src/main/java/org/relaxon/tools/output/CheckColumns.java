package org.relaxon.tools.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a check's table, described in lines under it and on the page of a report. */
public final class CheckColumns {
    private static final String ROWS =
            "not settled first, then not holding, then in the order of the options";

    /** The definition of the worst case, by which every output names the same one. */
    public static final String WORST =
            "not settled first, then not holding, then the largest relative error";

    private static final String PAGE =
            "Rows: "
                    + ROWS
                    + ". The worst case, at the top of this page and under Alignment per layer: "
                    + WORST
                    + ". beta: the strength, gamma of chl. worst seed: the first that did not settle,"
                    + " otherwise the one with the largest error. predicted error: the error due to"
                    + " the strength alone. measured error: |local update - reference| / |reference|"
                    + " over all weights and biases, the largest over the seeds. 1 - cosine: of the"
                    + " angle between the two. declared order: power of the strength with which the"
                    + " error must fall; order: the measured power. verdict: settled if nothing moves"
                    + " and the audit found every cell at its minimum, completed if the phase ran out"
                    + " of work. holds: settled, with error and order as stated; why: the part that"
                    + " fails.";

    private CheckColumns() {}

    /** {@return one sentence per column of the page} */
    public static String paragraph() {
        return PAGE;
    }

    /** {@return the columns of the text by their header, in order, each with its meaning} */
    public static Map<String, String> meanings() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("algorithm", "with its variant");
        out.put("reference", "gradient to compare with");
        out.put("host", "program that runs the cells");
        out.put("cells", "granularity: the neurons of one cell");
        out.put("delay", "travel time of signals");
        out.put(
                "rel. error",
                "|local update - reference| / |reference| over all weights and biases");
        out.put("predicted", "the part due to the strength alone; - if none or unknown");
        out.put("1-cosine", "of the angle between update and reference");
        out.put("order", "power of the strength with which the error must fall");
        out.put("slope", "the measured power; - if exact");
        out.put("verdict", "settled: at rest, and the audit found every cell at its minimum");
        out.put("messages", "signals sent, median over the seeds");
        out.put("holds", "settled, with error and slope as stated; failures are explained below");
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
