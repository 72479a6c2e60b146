package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks, tables and symbols of a reproduction on its page. */
final class ReproductionSections {
    private static final int ROWS = 100;

    private final Page page;
    private final JsonNode result;

    private ReproductionSections(Page page, JsonNode result) {
        this.page = page;
        this.result = result;
    }

    /** The number of checks that hold; empty without any, or if they are not judged. */
    static String counted(JsonNode result) {
        int all = 0;
        int hold = 0;
        for (JsonNode check : result.path("checks")) {
            all += check.path("holds").isBoolean() ? 1 : 0;
            hold += check.path("holds").asBoolean() ? 1 : 0;
        }
        return all == 0 ? "" : "%d of %d checks hold".formatted(hold, all);
    }

    /** Writes checks, tables and symbols, as far as a result has them. */
    static void write(Page page, JsonNode result) {
        ReproductionSections sections = new ReproductionSections(page, result);
        sections.checks();
        sections.tables();
        sections.symbols();
    }

    private void checks() {
        JsonNode checks = result.path("checks");
        if (!checks.isEmpty()) {
            page.heading("Expected and measured");
            List<String> fields = List.of("claim", "expected", "measured", "holds");
            List<List<String>> rows = new ArrayList<>();
            checks.forEach(
                    c ->
                            rows.add(
                                    List.of(
                                            Shown.value(c.path("name")),
                                            Shown.value(c.path("expected")),
                                            Shown.value(c.path("measured")),
                                            judged(c.path("holds")))));
            page.table(
                    "The expected shape, stated before the first runs unless a line states another time.",
                    fields,
                    rows,
                    ROWS);
        }
    }

    private void tables() {
        if (!result.path("tables").isEmpty()) {
            page.heading("Over all runs");
            result.path("tables").forEach(this::summary);
        }
        if (result.path("agreement").isTextual()) {
            String agreement = result.get("agreement").asText();
            page.paragraph("Beside published figures: " + agreement + ".");
        }
    }

    private void symbols() {
        Map<String, String> symbols = new LinkedHashMap<>();
        result.path("symbols")
                .properties()
                .forEach(e -> symbols.put(e.getKey(), Shown.value(e.getValue())));
        if (!symbols.isEmpty()) {
            page.heading("Symbols");
            page.facts(symbols);
        }
    }

    /** A table over all runs, such as one of medians. */
    private void summary(JsonNode table) {
        List<String> header = new ArrayList<>();
        table.path("header").forEach(name -> header.add(Shown.value(name)));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.asText()));
            if (cells.size() == header.size()) {
                rows.add(cells);
            }
        }
        String title = Shown.value(table.path("title"));
        page.table(
                title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1) + ".",
                header,
                rows,
                ROWS);
        if (table.hasNonNull("meaning")) {
            page.paragraph(table.get("meaning").asText());
        }
    }

    /** A check of a run that was interrupted has no verdict. */
    private static String judged(JsonNode holds) {
        if (!holds.isBoolean()) {
            return "not judged";
        }
        return holds.asBoolean() ? "yes" : "NO";
    }
}
