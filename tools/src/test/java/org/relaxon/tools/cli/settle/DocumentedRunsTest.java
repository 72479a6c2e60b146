package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.model.settle.Reason;
import org.relaxon.tools.cli.DocumentedCommands;
import org.relaxon.tools.cli.Ran;

/** Pages for newcomers show what the program does: their commands end as they state. */
class DocumentedRunsTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]+ \\| [^|]+ \\| (?:`bin/relaxon (.*)`)?");

    /** Differ from run to run, or with how the program was called. */
    private static final String MEASURED = "time|inbox|signal";

    @TempDir private Path directory;

    private static Ran run(String command) {
        return Ran.relaxon(DocumentedCommands.words(command + " --quiet"));
    }

    /** The reasons of the table with the command that shows each, or nothing. */
    private static Map<String, String> reasons(String page) {
        Map<String, String> out = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            out.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }
        return out;
    }

    private static Set<String> missing(String page) {
        Set<String> out =
                Arrays.stream(Reason.values())
                        .map(Reason::reportName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = reasons(page).keySet();
        Set<String> unknown = new TreeSet<>(shown);
        unknown.removeAll(out);
        out.removeAll(shown);
        out.addAll(unknown);
        return out;
    }

    @Test
    void everyReasonHasItsRemedy() throws IOException {
        String page = Files.readString(DOCS.resolve("troubleshooting.md"));
        assertEquals(Set.of(), missing(page));
        assertEquals(Set.of("saddle"), missing(page.replace("| `saddle` |", "| saddle |")));
        assertEquals(
                Set.of("no-such", "kink"), missing(page.replace("| `kink` |", "| `no-such` |")));
    }

    @Test
    void theCommandOfAReasonEndsWithIt() throws IOException {
        Map<String, String> shown = reasons(Files.readString(DOCS.resolve("troubleshooting.md")));
        int commands = 0;
        for (Map.Entry<String, String> row : shown.entrySet()) {
            if (!row.getValue().isEmpty()) {
                commands++;
                JsonNode json = run(row.getValue() + " --json -").json();
                assertEquals(row.getKey(), json.path("reason").asText(), row.getValue());
            }
        }
        assertTrue(commands >= 8, commands + " commands");
    }

    @Test
    void theCommandsOfTenMinutesEndAsStated() throws IOException {
        List<String> commands = new ArrayList<>(DocumentedCommands.of("docs/start.md"));
        assertTrue(commands.removeAll(List.of("check", "serve --for 20s")), "those of the README");
        List<String> ends = new ArrayList<>();
        for (String command : commands) {
            Ran ran = run(command.replace("--out runs", "--out " + directory));
            ends.add(ran.code() + " " + command.split(" ")[0]);
            if (command.contains("gradient") && ran.code() == 3) { // its advice is the next
                String out = ran.out().replace(" --quiet", "");
                assertTrue(out.contains(commands.get(ends.size()) + "\n"), out);
            }
            assertEquals("", ran.err(), command);
        }
        assertEquals(
                List.of(
                        "0 settle",
                        "0 settle",
                        "0 settle",
                        "3 settle",
                        "3 settle",
                        "0 settle",
                        "0 train",
                        "0 check"),
                ends);
    }

    @Test
    void theResultThatIsExplainedIsThatOfItsCommand() throws IOException {
        String page = Files.readString(DOCS.resolve("certificate.md"));
        String shown = page.split("\n```\n")[1];
        assertEquals(steady(shown), steady(run("settle --seed 2").out().strip()));
        assertNotEquals(steady(shown), steady(run("settle --seed 3").out().strip()));
    }

    private static String steady(String result) {
        return result.lines()
                .filter(line -> !line.matches("(" + MEASURED + ").*"))
                .collect(Collectors.joining("\n"));
    }
}
