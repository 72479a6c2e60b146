package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.tools.cli.text.Launcher;

/**
 * Advice about the runs of a check or a sweep that did not settle. Runs of one algorithm that ended
 * for the same reason are of one kind; advice is sought once per kind, by trials of its first run.
 * At most {@value #KINDS_MAX} kinds are tried, so that the trials of many runs are bounded as well.
 *
 * @param kinds that were tried
 * @param untried names of the kinds that were not tried
 */
public record AdviceByKind(List<Kind> kinds, List<String> untried) {
    /** For runs that all settled, or without a request for advice. */
    public static final AdviceByKind NONE = new AdviceByKind(List.of(), List.of());

    private static final int KINDS_MAX = 4;

    /**
     * The advice about one kind.
     *
     * @param name algorithm and reason
     * @param algorithm of its runs, with its variant
     * @param reason for which they ended
     * @param tried name of the run that was tried
     * @param runs number of runs of this kind
     * @param line the advice
     * @param command makes that run as advised; empty if no trial settled
     * @param messages of the run as advised; {@link #NOT_COUNTED} where no settling was tried
     */
    public record Kind(
            String name,
            String algorithm,
            String reason,
            String tried,
            int runs,
            String line,
            String command,
            long messages) {
        /** In place of a number of messages. */
        public static final long NOT_COUNTED = -1;

        static Kind of(String name, int runs, RefusedRun first, RefusedRun.Found found) {
            return new Kind(
                    name,
                    first.algorithm(),
                    first.reason().reportName(),
                    first.who(),
                    runs,
                    found.line(),
                    found.command(),
                    found.command().isEmpty() ? NOT_COUNTED : found.advice().messages());
        }
    }

    /**
     * Copies the lists.
     *
     * @param kinds that were tried
     * @param untried names of the kinds that were not tried
     */
    public AdviceByKind {
        kinds = List.copyOf(kinds);
        untried = List.copyOf(untried);
    }

    /**
     * Tries one run of each kind.
     *
     * @param refused the runs, in order
     * @return advice about the kinds for which anything was tried
     * @throws IOException if a run cannot be built from its files
     */
    public static AdviceByKind of(List<RefusedRun> refused) throws IOException {
        Map<String, List<RefusedRun>> groups = new LinkedHashMap<>();
        for (RefusedRun run : refused) {
            String name = run.algorithm() + ", " + run.reason().reportName();
            groups.computeIfAbsent(name, n -> new ArrayList<>()).add(run);
        }
        List<Kind> kinds = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        int tried = 0;
        for (Map.Entry<String, List<RefusedRun>> group : groups.entrySet()) {
            if (tried == KINDS_MAX) {
                untried.add(group.getKey());
                continue;
            }
            tried++;
            RefusedRun first = group.getValue().get(0);
            RefusedRun.Found found = first.search().find();
            if (!found.line().isEmpty()) {
                kinds.add(Kind.of(group.getKey(), group.getValue().size(), first, found));
            }
        }
        return new AdviceByKind(kinds, untried);
    }

    /**
     * Adds an array of one object per kind, empty if there is none.
     *
     * @param json to be extended
     */
    public void fill(ObjectNode json) {
        ArrayNode list = json.putArray("advice");
        for (Kind kind : kinds) {
            ObjectNode one = list.addObject();
            one.put("algorithm", kind.algorithm());
            one.put("reason", kind.reason());
            one.put("runs", kind.runs());
            one.put("tried", kind.tried());
            one.put("text", kind.line());
            one.put("command", kind.command().isEmpty() ? null : kind.command());
            boolean counted = kind.messages() != Kind.NOT_COUNTED;
            one.put("messages", counted ? Long.valueOf(kind.messages()) : null);
        }
        untried.forEach(json.putArray("adviceUntried")::add);
    }

    /**
     * Prints the advice about every kind.
     *
     * @param out to print to
     */
    public void print(PrintWriter out) {
        for (Kind kind : kinds) {
            out.printf(
                    "%nadvice for %s (%s; %s of this kind): %s%n",
                    kind.tried(),
                    kind.name(),
                    kind.runs() == 1 ? "the only run" : kind.runs() + " runs",
                    kind.line());
            if (!kind.command().isEmpty()) {
                out.println("    " + Launcher.typed(kind.command()));
            }
        }
        if (!untried.isEmpty()) {
            out.printf(
                    "nothing was tried for other kinds of failure: %s%n",
                    String.join("; ", untried));
        }
    }
}
