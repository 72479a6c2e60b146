package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes one reproduction to stdout, JSON and a run directory.
 *
 * @param finding name of the subcommand
 * @param claim in one line
 * @param citation of the reproduced work
 */
record Reproduction(String finding, String claim, String citation) {
    /** The names of the files of a complete run. */
    static List<String> files(List<String> pictures) {
        List<String> out = new ArrayList<>(List.of("manifest.json", "results.csv"));
        out.addAll(pictures);
        out.addAll(List.of("result.json", "report.html"));
        return out;
    }

    /** The request, as at the beginning of manifest and JSON. */
    ObjectNode config(CommandSpec spec, long seed, int seeds) {
        ObjectNode node = Json.object();
        node.put(
                "command",
                Launcher.recorded(
                        "reproduce " + finding,
                        Words.without(Words.after(finding, spec), Set.of())));
        node.put("version", Version.text());
        node.put("claim", claim);
        node.put("citation", citation);
        node.put("seed", seed);
        node.put("seeds", seeds);
        node.put("reference", "backprop");
        node.put("host", "virtual");
        node.put("granularity", "layer");
        return node;
    }

    /**
     * Writes everything.
     *
     * @param missing number of runs that the user prevented by stopping it
     * @return the exit code
     */
    int finish(
            ObjectNode config, Findings found, OutputOptions output, PrintWriter out, int missing)
            throws IOException {
        boolean interrupted = missing > 0;
        List<ShapeCheck> checks = found.checks();
        boolean holds = !interrupted && ShapeCheck.allHold(checks);
        int code =
                interrupted ? ExitCode.NOT_SETTLED : holds ? ExitCode.DONE : ExitCode.DOES_NOT_HOLD;
        ObjectNode json = config.deepCopy();
        json.put("holds", holds);
        json.put("exitCode", code);
        json.put("interrupted", interrupted);
        json.put("why", interrupted ? made(found.rows().size(), missing) : why(checks));
        found.symbols().forEach(json.putObject("symbols")::put);
        ArrayNode list = json.putArray("checks");
        for (ShapeCheck check : checks) {
            ObjectNode one = list.addObject();
            one.put("name", check.name());
            one.put("expected", check.expected());
            one.put("measured", check.measured());
            one.put("holds", interrupted ? null : (Boolean) check.holds()); // null: not judged
        }
        found.fill(json);
        fillTables(json.putArray("tables"), found.tables());
        output.directory(
                json,
                below -> {
                    RunDirectory directory =
                            RunDirectory.create(
                                    below,
                                    "reproduce-" + finding,
                                    config,
                                    Clock.system(ZoneId.systemDefault()));
                    directory.manifest(config);
                    directory.results(found.header(), found.rows());
                    if (!interrupted) {
                        found.draw(directory.path());
                    }
                    return directory.path();
                });
        if (output.prose()) {
            print(out, found, checks, json);
        }
        output.write(json, out);
        return code;
    }

    private static void fillTables(ArrayNode array, List<Findings.Table> tables) {
        for (Findings.Table table : tables) {
            ObjectNode one = array.addObject();
            one.put("title", table.title());
            one.put("meaning", table.meaning().isEmpty() ? null : table.meaning());
            table.header().forEach(one.putArray("header")::add);
            ArrayNode rows = one.putArray("rows");
            table.rows().forEach(row -> row.forEach(rows.addArray()::add));
        }
    }

    private static String made(int ended, int missing) {
        return "%d of %d runs ended before it was stopped".formatted(ended, ended + missing);
    }

    private static String why(List<ShapeCheck> checks) {
        return checks.stream()
                .filter(c -> !c.holds())
                .map(c -> c.name() + ": " + c.measured())
                .collect(Collectors.joining("; "));
    }

    private void print(PrintWriter out, Findings found, List<ShapeCheck> checks, ObjectNode json) {
        boolean interrupted = json.get("interrupted").asBoolean();
        if (interrupted) {
            out.println(
                    "interrupted: %s; the finding is not measured and its shape not judged"
                            .formatted(json.get("why").asText()));
        }
        out.println((interrupted ? "not measured: " : "") + claim);
        out.println(citation);
        out.println();
        if (!interrupted || !found.rows().isEmpty()) {
            printFigures(out, found);
        }
        if (!interrupted) {
            printShape(out, checks, json.get("holds").asBoolean());
        }
        OutputOptions.announce(out, json);
    }

    private static void printFigures(PrintWriter out, Findings found) {
        Map<String, String> symbols = found.symbols();
        int width = symbols.keySet().stream().mapToInt(String::length).max().orElse(1);
        symbols.forEach((symbol, text) -> out.printf("%-" + width + "s %s%n", symbol, text));
        out.println();
        found.print(out);
    }

    private static void printShape(PrintWriter out, List<ShapeCheck> checks, boolean holds) {
        out.println("\nexpected shape");
        for (ShapeCheck check : checks) {
            out.printf(
                    "  %-4s %s: %s (expected: %s)%n",
                    check.holds() ? "ok" : "FAIL",
                    check.name(),
                    check.measured(),
                    check.expected());
        }
        out.println(holds ? "\nholds" : "\ndoes not hold");
    }
}
