package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relaxon.tools.output.CheckColumns;

/** The rows of a table to look at first, each with the command that repeats it. */
final class WorstRows {
    private static final int IDENTITY_MAX = 16;
    private static final List<String> FIGURES =
            List.of(
                    "reason",
                    "testAccuracy",
                    "testR2",
                    "residual",
                    "relativeError",
                    "predictedError",
                    "messages",
                    "criticalPath");
    private static final List<String> COMMANDS = List.of("repeat", "replay", "command");

    private final CsvTable table;
    private final List<String> columns = new ArrayList<>();
    private final Optional<String> command;

    WorstRows(CsvTable table) {
        this.table = table;
        this.command = COMMANDS.stream().filter(table::has).findFirst();
        for (String name : table.header()) {
            if (columns.size() < IDENTITY_MAX && !COMMANDS.contains(name)) {
                columns.add(name);
            }
            if (name.equals("verdict")) {
                break; // preceded by the columns that identify rows
            }
        }
        FIGURES.stream().filter(n -> table.has(n) && !columns.contains(n)).forEach(columns::add);
    }

    void write(Page page, String wholeRun) {
        page.heading("Worst rows");
        if (table.size() == 0) {
            page.missing("results.csv has no rows.");
            return;
        }
        List<List<String>> worst = table.worst();
        page.tableWithLines(
                "%d of %d rows: not settled first, then by %s.%s%s"
                        .formatted(
                                worst.size(),
                                table.size(),
                                table.isOfTrainings() ? "test accuracy" : "relative error",
                                table.unjudged() == 0
                                        ? ""
                                        : " %d rows claim nothing (not-judged) and are left out."
                                                .formatted(table.unjudged()),
                                command.isEmpty()
                                        ? ""
                                        : " Below each, the command that repeats it."),
                columns,
                worst.stream().map(this::shown).toList(),
                worst.stream().map(r -> command.map(c -> table.cell(r, c)).orElse("")).toList());
        if (columns.contains("criticalPath")) {
            page.note("critical path: " + CheckColumns.CRITICAL_PATH + ".");
        }
        if (command.isEmpty()) {
            page.paragraph("The command that repeats the whole run: " + wholeRun);
        }
    }

    private List<String> shown(List<String> row) {
        return columns.stream().map(name -> table.cell(row, name)).toList();
    }
}
