package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon reproduce async-depth} as a user meets it. */
class ReproduceAsyncDepthTest {
    private static final String SMALL =
            "reproduce async-depth --seeds 1 --depths 32 --budget-messages 4000 ";
    private static final int RUNS = 9 + 7 + 4 + 7;

    @Test
    void itHoldsAndLeavesARunDirectory(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("result.json");
        Ran ran = relaxon(SMALL + "--json " + file + " --out " + temp);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        theTextStatesTheDifferenceFirst(ran);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        PromisedFields.assertIn(json);
        assertTrue(json.get("holds").asBoolean());
        assertEquals(4, json.get("tables").size());
        assertEquals(9, json.at("/tables/0/rows").size());
        assertEquals(20, json.get("publishedCosines").asInt());
        assertEquals(1, json.get("rowsNotSettled").asInt());
        assertEquals("partly-settled", json.get("verdict").asText());
        String header = json.at("/tables/3/header").toString();
        assertTrue(header.contains("\"messages\"") && header.contains("largest 1 - cosine"));
        Path run = Path.of(json.get("directory").asText());
        List<String> rows = Files.readAllLines(run.resolve("results.csv"));
        assertEquals(1 + RUNS, rows.size());
        assertEquals(20, rows.stream().filter(l -> l.contains(",not-judged,")).count());
        String[] cells = rows.get(1).split(",");
        assertEquals(32, cells[cells.length - 1].split(" ").length, "a length for every layer");
        for (String picture : AsyncPictures.files()) {
            assertEquals(1100, ImageIO.read(run.resolve(picture).toFile()).getWidth());
        }
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("Published program: which read is stale"), page);
        assertTrue(page.contains("explicit steps"), page);
        assertTrue(page.contains("8 of 8 checks hold"), page);
        assertEquals("cosine, one seed", json.at("/tables/0/header/2").asText());
        for (int k = 0; k < 4; k++) {
            String meaning = json.at("/tables/" + k + "/meaning").asText();
            assertTrue(page.contains("<p>" + meaning + "</p>"), meaning);
            assertTrue(ran.out().contains(meaning), meaning);
        }
        for (String word : List.of("barrier", "multiplier", "sweep", "t90")) {
            assertTrue(json.get("symbols").hasNonNull(word), word);
        }
        assertTrue(page.contains("changed after the first runs"), "one check was");
    }

    private static void theTextStatesTheDifferenceFirst(Ran ran) {
        List<String> lines = ran.out().lines().toList();
        assertTrue(lines.get(3).startsWith("estimator"), ran.out());
        assertTrue(
                lines.stream()
                        .anyMatch(
                                l ->
                                        l.matches(
                                                "\\d+ of 20 cosines are within 2 .*one seed: no mean and no spread here")),
                ran.out());
        assertTrue(lines.stream().anyMatch(l -> l.matches("pc-alm +32 +1 of 1 .*")), ran.out());
    }

    /** The twin: a budget too small for cells is no reproduction. */
    @Test
    void cellsThatDoNotSettleFailTheirChecks() throws IOException {
        Ran ran = relaxon(SMALL.replace("4000", "20") + "--json -");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertFalse(json.get("holds").asBoolean());
        assertEquals("not-settled", json.get("verdict").asText());
        assertTrue(json.get("why").asText().contains("cells, pc-alm"), ran.out());
    }

    @Test
    void aDryRunCounts() {
        Ran ran = relaxon("reproduce async-depth --dry-run");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("runs "), ran.out());
        assertTrue(ran.out().contains("0.234285"), ran.out());
        assertTrue(
                ran.out()
                        .contains(
                                "117: 3 seeds x (21 schedules + 7 stale reads + 4 triggers + 7 cells)"),
                ran.out());
        assertTrue(ran.out().contains("own multiplier"), ran.out());
        assertTrue(ran.out().contains("above 3e-5"), ran.out());
        assertTrue(ran.out().contains("async-depth-cosine.png"), ran.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--depths 8,32",
                "--depths 16",
                "--depths 32,48",
                "--data fashion-mnist:/none",
                "--data numerals",
                "--data strokes",
                "--beta 0",
                "--tolerance 1",
                "--budget-messages 0",
                "--seeds 0",
                "--host akka"
            })
    void badInputIsOneLineThatNamesTheField(String options) {
        String line = relaxon("reproduce async-depth " + options).refusal();
        String field = options.split(" ")[0].substring(2);
        assertTrue(line.contains(field) || line.contains("/none"), line);
    }
}
