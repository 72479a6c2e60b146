package org.relaxon.tools.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
    @TempDir private Path home;

    @Test
    void aCommandLeavesOutTheResultFileThatExists() throws IOException {
        String file = home.resolve("r.json").toString();
        for (List<String> json : List.of(List.of("--json", file), List.of("--json=" + file))) {
            List<String> words = new java.util.ArrayList<>(List.of("settle", "--seed", "3"));
            words.addAll(json);
            String line = "run again: relaxon" + Words.without(words, java.util.Set.of());
            Files.deleteIfExists(Path.of(file));
            assertEquals(line, Words.withoutWritten(line, words), "it can still be written");
            Files.createFile(Path.of(file));
            assertEquals(
                    "run again: relaxon settle --seed 3; without --json, as "
                            + file
                            + " exists now",
                    Words.withoutWritten(line, words));
        }
        String other = "run again: relaxon settle --json -";
        assertEquals(other, Words.withoutWritten(other, List.of("settle", "--json", "-")));
    }

    @Test
    void aResultNamesNoFileThatItsReaderHas() {
        for (List<String> json :
                List.of(
                        List.of("--json", "r.json"),
                        List.of("--json=r.json"),
                        List.of("--json", "my run's.json"),
                        List.of("--json=my run's.json"))) {
            List<String> words = new java.util.ArrayList<>(List.of("--seed", "3"));
            words.addAll(json);
            words.addAll(List.of("--epochs", "2"));
            String line = "relaxon train" + Words.without(words, java.util.Set.of());
            assertEquals("relaxon train --seed 3 --epochs 2", Words.withoutResultFile(line), line);
        }
        for (String kept : List.of("--json - --seed 3", "--seed 3 --json -", "--json=- --quiet")) {
            assertEquals("relaxon train " + kept, Words.withoutResultFile("relaxon train " + kept));
        }
    }
}
