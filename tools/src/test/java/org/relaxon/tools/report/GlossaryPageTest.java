package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/glossary.md lists what pages explain, by the alphabet, in the same words. */
class GlossaryPageTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern VOCABULARY =
            Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| ([^|]*)\\|$");

    private static Map<String, String> page() throws IOException {
        Map<String, String> out = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(DOCS.resolve("glossary.md")));
        while (rows.find()) {
            if (!rows.group(1).matches("term|-+")) {
                out.put(rows.group(1), rows.group(2));
            }
        }
        return out;
    }

    private static String vocabulary() throws IOException {
        return Files.readString(DOCS.resolve("vocabulary.md")).split("## Words to avoid")[0];
    }

    /** The words of the literature with the name that stands first in their row. */
    private static Map<String, String> literature(String vocabulary) {
        Map<String, String> out = new TreeMap<>();
        Matcher rows = VOCABULARY.matcher(vocabulary);
        while (rows.find()) {
            String name = rows.group(1).replaceAll("\\([^)]*\\)", "").split(",")[0].strip();
            for (String other : rows.group(2).replaceAll("\\([^)]*\\)", "").split(",")) {
                if (!other.isBlank() && !name.equals("Name")) {
                    out.merge(other.strip(), name, (a, b) -> a.equals(b) ? a : a + ", " + b);
                }
            }
        }
        return out;
    }

    private static List<String> expected(String vocabulary) {
        Map<String, String> meanings = Glossary.parse(vocabulary);
        List<String> out = new ArrayList<>();
        meanings.forEach((term, meaning) -> out.add(term + ": " + meaning));
        literature(vocabulary)
                .forEach(
                        (other, name) -> {
                            if (!meanings.containsKey(other.toLowerCase(Locale.ROOT))) {
                                out.add(other.toLowerCase(Locale.ROOT) + ": see " + name);
                            }
                        });
        return out.stream().sorted().toList();
    }

    @Test
    void itIsTheVocabularyByTheAlphabet() throws IOException {
        List<String> shown =
                page().entrySet().stream()
                        .map(row -> row.getKey().toLowerCase(Locale.ROOT) + ": " + row.getValue())
                        .sorted()
                        .toList();
        assertTrue(shown.size() > 150, shown.size() + " terms");
        assertEquals(
                shown.stream().collect(Collectors.joining("\n")),
                String.join("\n", expected(vocabulary())));
        Matcher rows = ROW.matcher(Files.readString(DOCS.resolve("glossary.md")));
        List<String> order = new ArrayList<>();
        while (rows.find()) {
            order.add(rows.group(1));
        }
        List<String> terms = order.subList(1, order.size());
        assertEquals(
                terms.stream()
                        .sorted(Comparator.comparing(t -> t.toLowerCase(Locale.ROOT)))
                        .toList(),
                terms);
    }

    @Test
    void anotherMeaningInTheVocabularyIsFound() throws IOException {
        String other = vocabulary().replace("runs cells:", "hosts cells:");
        assertNotEquals(vocabulary(), other);
        assertNotEquals(expected(vocabulary()), expected(other));
    }
}
