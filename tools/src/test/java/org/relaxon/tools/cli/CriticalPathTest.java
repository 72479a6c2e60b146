package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The critical path in every output of check and sweep. */
class CriticalPathTest {
    private static final String MEANING = "relaxations of the longest chain in which each depends";

    @TempDir private Path directory;

    private String page() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return Files.readString(
                    all.filter(p -> p.endsWith("report.html")).findFirst().orElseThrow());
        }
    }

    @Test
    void aCheckStatesIt() throws IOException {
        String check = "check --seeds 2 --host virtual --delay none --algorithm pc-nudge";
        Ran ran = relaxon(check + " --out " + directory);
        assertEquals(0, ran.code(), ran.err());
        List<String> head = words(line(ran.out(), "algorithm  "));
        assertEquals(
                List.of("messages", "path", "holds"), head.subList(head.size() - 3, head.size()));
        List<String> row = words(line(ran.out(), "pc-nudge  "));
        JsonNode one = relaxon(check + " --json -").json().get("cases").get(0);
        assertTrue(one.get("criticalPath").asLong() > 3, one.toString());
        assertEquals(one.get("criticalPath").asText(), row.get(row.size() - 2));
        assertEquals(one.get("messages").asText(), row.get(row.size() - 3));
        String page = page();
        assertTrue(page.contains("critical path: " + MEANING), "no meaning");
        assertTrue(page.contains(">critical path</abbr></th>"), "no column");
    }

    @Test
    void aSweepStatesItPerPointAndPerRun() throws IOException {
        String sweep = "sweep --axis beta=1e-2,1e-3 --seeds 2";
        Ran ran = relaxon(sweep + " --out " + directory);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("path: critical path, " + MEANING), ran.out());
        JsonNode points = relaxon(sweep + " --json -").json().get("points");
        for (JsonNode one : points) {
            long path = one.get("medianCriticalPath").asLong();
            assertTrue(path > 3 && path <= one.get("medianRelaxations").asLong(), one.toString());
            String line = line(ran.out(), "beta " + one.get("beta").asText());
            assertTrue(line.endsWith("  path " + path), line);
        }
        String page = page();
        assertEquals(2, page.split("critical path: " + MEANING, -1).length - 1, "not explained");
    }

    @Test
    void aSweepOfTrainingsStatesIt() {
        String sweep =
                "sweep --data two-moons --layers 2,4,2 --examples 20 --test-examples 10 --epochs 1"
                        + " --axis rate=1e-3 --seeds 1";
        String line = line(relaxon(sweep).out(), "rate 1e-3");
        assertTrue(line.matches(".*  path [1-9][0-9]*"), line);
    }

    /** The twin: of points without a settled run there is none. */
    @Test
    void whereNothingSettlesThereIsNone() throws IOException {
        Ran ran = relaxon("sweep --axis beta=1e-2 --seeds 1 --cut 2->3");
        String line = line(ran.out(), "beta 1e-2");
        assertFalse(line.contains("path"), line);
        JsonNode json = relaxon("sweep --axis beta=1e-2 --seeds 1 --cut 2->3 --json -").json();
        assertTrue(json.at("/points/0/medianCriticalPath").isNull(), json.toString());
    }

    private static String line(String text, String start) {
        return text.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.trim().split("\\s+"));
    }
}
