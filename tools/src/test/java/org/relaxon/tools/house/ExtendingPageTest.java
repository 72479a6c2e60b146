package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/extending.md has a paragraph for every extension point, and an example or a reason. */
class ExtendingPageTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/extending.md");
    private static final Path EXAMPLES = ROOT.resolve("tools/src/test/resources/own");
    private static final Pattern EXAMPLE = Pattern.compile("resources/own/(\\w+[.]java)\\)");
    private static final int LINES_MAX = 60;

    private static final List<String> POINTS =
            List.of(
                    "energy",
                    "rule",
                    "phases",
                    "dynamics",
                    "theory",
                    "activation",
                    "loss",
                    "delay",
                    "fault",
                    "discipline",
                    "optimiser",
                    "data set",
                    "connectivity");

    private static Set<String> examples(String text) {
        return EXAMPLE.matcher(text)
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The paragraphs under a heading. */
    private static String section(String page, String point) {
        String heading =
                "\n## " + Character.toUpperCase(point.charAt(0)) + point.substring(1) + "\n";
        assertTrue(page.contains(heading), "no heading for " + point);
        String rest = page.substring(page.indexOf(heading) + heading.length());
        return rest.substring(0, rest.indexOf("\n## "));
    }

    @Test
    void everyPointHasAContractAndAnExampleOrAReason() throws IOException {
        String page = Files.readString(PAGE);
        for (String point : POINTS) {
            String row =
                    page.lines()
                            .filter(l -> l.startsWith("| [" + point + "](#"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no row for " + point));
            String text = section(page, point);
            assertTrue(text.length() > 200, point + " has no contract");
            boolean closed = row.contains("| cannot be added | |");
            assertEquals(closed, examples(row).isEmpty(), row);
            assertEquals(
                    closed, text.replace('\n', ' ').contains(point + " cannot be added"), point);
        }
    }

    @Test
    void everyExampleIsListedAndSmall() throws IOException {
        Set<String> files;
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            files =
                    all.map(p -> p.getFileName().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(files, examples(Files.readString(PAGE)));
        for (String file : files) {
            long lines = Files.readString(EXAMPLES.resolve(file)).lines().count();
            assertTrue(lines <= LINES_MAX, file + " has " + lines + " lines");
        }
    }
}
