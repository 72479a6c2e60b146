package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Advice about runs that did not settle, by kind, as recorded by a check or a sweep. */
final class AdviceSection {
    private static final List<String> HEADER =
            List.of("algorithm", "reason", "runs", "tried", "what to change");

    private AdviceSection() {}

    /** Writes nothing if there is no advice. */
    static void write(Page page, JsonNode result) {
        JsonNode list = result.path("advice");
        if (!list.isArray() || list.isEmpty()) {
            return;
        }
        page.heading("What to change");
        List<List<String>> rows = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (JsonNode one : list) {
            rows.add(
                    List.of(
                            Shown.value(one.path("algorithm")),
                            Shown.value(one.path("reason")),
                            Shown.value(one.path("runs")),
                            Shown.value(one.path("tried")),
                            Shown.value(one.path("text"))));
            commands.add(one.path("command").isTextual() ? one.get("command").asText() : "");
        }
        page.tableWithLines(
                "Runs of one algorithm that ended for the same reason are of one kind; one run"
                        + " of each kind was tried. Below each, the command that repeats it with the"
                        + " advice.",
                HEADER,
                rows,
                commands);
        JsonNode untried = result.path("adviceUntried");
        if (untried.isArray() && !untried.isEmpty()) {
            page.paragraph("No advice was tried for other kinds: " + Shown.value(untried) + ".");
        }
    }
}
