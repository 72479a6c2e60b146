package org.relaxon.tools.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The columns of a check's table, described in its help and on the page of a report. */
public final class CheckColumns {
    private static final String ROWS =
            "not settled first, then not holding, then not judged, then in the order of the options";

    /** The definition of the worst case, by which every output names the same one. */
    public static final String WORST =
            "not settled first, then not holding, then not judged, then the largest relative error";

    private static final String SEVERAL =
            "Rows: "
                    + ROWS
                    + ". The worst case, at the top of this page and under Alignment per layer: "
                    + WORST
                    + ". ";

    /** The meaning of a critical path, on every page that has one. */
    public static final String CRITICAL_PATH =
            "relaxations of the longest chain in which each depends on the one before";

    /** The columns of the page that their names do not explain. */
    private static final Map<String, String> PAGE = new LinkedHashMap<>();

    static {
        PAGE.put("beta", "the strength, gamma of chl");
        PAGE.put(
                "worst seed",
                "the first that did not settle, otherwise the one with the largest error");
        PAGE.put(
                "predicted error",
                "the error due to the strength alone; a dash if there is none or it is not computed,"
                        + " as for a divergence or a rule of your own on activations with a kink");
        PAGE.put(
                "measured error",
                "|local update - reference| / |reference| over all weights and biases, the largest"
                        + " over the seeds");
        PAGE.put("1 - cosine", "of the angle between the two");
        PAGE.put("declared order", "power of the strength with which the error must fall");
        PAGE.put(
                "order",
                "the measured power, between the strength and a tenth of it, or between two other"
                        + " strengths where rounding or a kink would hide it; required to within 0.05,"
                        + " or a 50th of the declared order if that is more");
        PAGE.put(
                "verdict",
                "settled if nothing moves and the audit found every cell at its minimum, or, without"
                        + " an energy, at its own fixed point; completed"
                        + " if the phase ran out of work");
        PAGE.put(
                "relaxations",
                "recomputations of a cell, median over the seeds, the larger of two in the middle");
        PAGE.put("critical path", CRITICAL_PATH + ", median likewise");
        PAGE.put(
                "holds",
                "settled, with error and order as stated; a dash where nothing is claimed, or where"
                        + " this run does not decide");
        PAGE.put(
                "why",
                "the part that fails, or the reason that it did not settle or is not judged");
    }

    /**
     * The columns of the text in order, for the help: a line each, or an indented line that
     * continues it.
     */
    public static final String HELP =
            """
              algorithm    with its variant
              reference    gradient to compare with
              host         program that runs the cells
              cells        granularity: the neurons of one cell
              delay        travel time of signals
              rel. error   |local update - reference| / |reference|, all weights and biases
              predicted    the part due to the strength alone; - if none or not computed, as
                           for fy-pc on activations with a kink, such as relu
              1-cosine     of the angle between update and reference
              order        power of the strength with which the error must fall;
                           exact: the error does not depend on the strength
              slope        the measured power; - if exact. For it every case also settles at
                           beta/10 (gamma/10 of chl), or at two other strengths where
                           rounding or a kink would hide it. Required: the order to
                           within 0.05, or a 50th of it if that is more. A power law is
                           one of small strengths: above 0.01 it may not be met
              verdict      settled: at rest, and the audit found every cell at its minimum;
                           completed: the phase ran out of work, nothing had to come to rest
              messages     signals sent, median over the seeds, the larger of two in the
                           middle
              path         critical path: relaxations of the longest chain in which each
                           depends on the one before, median likewise
              holds        settled, with error and slope as stated; below NO, the reason;
                           - if nothing is claimed, or if the case is not judged:
                           the run does not decide, for the reason below it
            Rows: not settled first, then not holding, then not judged, then in the order
            of the options. Worst case: the same, then the largest relative error.""";

    private CheckColumns() {}

    /**
     * The meaning of the columns that a page shows.
     *
     * @param rows of the table; the order of several is stated as well
     * @param shown whether the page has a column of this name
     * @return one sentence per column
     */
    public static String paragraph(int rows, Predicate<String> shown) {
        return PAGE.entrySet().stream()
                .filter(column -> shown.test(column.getKey()))
                .map(column -> column.getKey() + ": " + column.getValue() + ".")
                .collect(Collectors.joining(" ", rows > 1 ? SEVERAL : "", ""));
    }

    /** {@return the names of the columns of the text, in order} */
    public static List<String> names() {
        return List.of(
                "algorithm",
                "reference",
                "host",
                "cells",
                "delay",
                "rel. error",
                "predicted",
                "1-cosine",
                "order",
                "slope",
                "verdict",
                "messages",
                "path",
                "holds");
    }
}
