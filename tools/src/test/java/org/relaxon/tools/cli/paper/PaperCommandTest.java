package org.relaxon.tools.cli.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon paper} as a user meets it. */
class PaperCommandTest {
    private static final String SMALL = "paper --layers 784,12,7,10 --quiet ";

    @Test
    void helpShowsExamplesAndTheRootNamesTheCommand() {
        Ran help = relaxon("paper --help");

        assertEquals(0, help.code());
        assertTrue(help.out().startsWith("Usage: relaxon paper"), help.out());
        assertTrue(help.out().contains("--data mnist:DIR"), help.out());
        assertTrue(relaxon("--help").out().contains("paper"));
    }

    @Test
    void theTableSaysThatStrokesAreNotMnistAndShowsTheFloor() {
        Ran ran = relaxon(SMALL + "--runs 2 --batch 2 --betas 1e-2,1e-4,1e-6");

        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("strokes, synthetic digits in place of MNIST"), ran.out());
        assertTrue(ran.out().contains("Batches of 2"), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("1e-4 +2/2 .*")), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void jsonIsOneObjectWithTheCurves() throws IOException {
        Ran ran = relaxon(SMALL + "--runs 2 --batch 1,3 --betas 1e-2,1e-4,1e-6 --json -");

        JsonNode json = ran.json();
        PromisedFields.assertIn(json);
        assertEquals(2 * 6, json.get("curves").size());
        JsonNode settled = json.get("curves").get(0);
        JsonNode published = json.get("curves").get(1);
        assertEquals("pc-nudge", settled.get("variant").asText());
        assertEquals(1.0, settled.get("slope").asDouble(), 0.01);
        assertTrue(Math.abs(published.get("slope").asDouble() - 1.0) > 0.5);
        double finest = settled.get("points").get(2).get("relativeError").asDouble();
        assertTrue(finest > 5e-7 && finest < 5e-6, "relative error " + finest);
        assertTrue(json.get("note").asText().contains("strokes"));
    }

    @Test
    void theRunDirectoryHoldsManifestTableAndPictures(@TempDir Path temp) throws IOException {
        Ran ran = relaxon(SMALL + "--runs 2 --betas 1e-2,1e-5 --batch 1,2 --json - --out " + temp);

        Path run = Path.of(ran.json().get("directory").asText());
        JsonNode manifest = Ran.json(run.resolve("manifest.json"));
        assertTrue(manifest.get("config").get("note").asText().contains("in place of MNIST"));
        assertFalse(manifest.get("config").get("interrupted").asBoolean());
        List<String> rows = Files.readAllLines(run.resolve("results.csv"));
        assertEquals(1 + 2 * 2 * 2 * 6, rows.size());
        assertTrue(
                rows.get(0)
                        .startsWith(
                                "variant,batch,seed,beta,verdict,reason,detail,residual,"
                                        + "columnsSettled,relativeError,squaredDistance,cosine,"
                                        + "oneMinusCosine,freeSquaredDistance"),
                rows.get(0));
        for (String column : List.of("cosineW1", "cosineW3", "freeRelativeDistance2")) {
            assertTrue(List.of(rows.get(0).split(",")).contains(column), column);
        }
        int columns = rows.get(0).split(",", -1).length;
        rows.forEach(r -> assertEquals(columns, r.split(",", -1).length, r));
        for (String kind : List.of("error", "free-distance", "one-minus-cosine")) {
            for (int batch : new int[] {1, 2}) {
                BufferedImage picture =
                        ImageIO.read(run.resolve(kind + "-batch-" + batch + ".png").toFile());
                assertEquals(1100, picture.getWidth());
                assertTrue(colours(picture) > 6, kind);
            }
        }
    }

    private static long colours(BufferedImage picture) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        return Arrays.stream(picture.getRGB(0, 0, w, h, null, 0, w)).distinct().count();
    }

    @Test
    void ifNothingSettlesItEndsWithThreeAndKeepsItsRows(@TempDir Path temp) throws IOException {
        Ran ran =
                relaxon(
                        "paper --betas .6 --runs 1 --batch 24 --delay constant:30s --json - --out "
                                + temp);

        JsonNode json = ran.json();
        assertEquals(3, ran.code(), ran.out());
        assertEquals("not-settled", json.get("verdict").asText());
        assertEquals("time-budget", json.get("reason").asText());
        assertTrue(json.get("relativeError").isNull());
        Path table = Path.of(json.get("directory").asText()).resolve("results.csv");
        assertEquals(
                1,
                Files.readAllLines(table).stream()
                        .filter(r -> r.startsWith("pc-nudge,24,1,0.6,not-settled,time-budget,"))
                        .count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paper --runs 0",
                "paper --batch 0",
                "paper --batch 1,1",
                "paper --betas 0",
                "paper --betas NaN",
                "paper --betas 1e-3,1e-3",
                "paper --betas Infinity",
                "paper --data mnist:no-such-directory",
                "paper --data nowhere",
                "paper --layers 784,x,10",
                "paper --layers 9,5,10",
                "paper --host mainframe",
                "paper --delay sometimes",
                "paper --granularity block:0",
                "paper --activation tanh",
            })
    void badInputIsOneLineThatNamesTheField(String line) {
        Ran ran = relaxon(line);

        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        String[] words = line.split(" ");
        String field = words[1].replace("--", "");
        String value = words[2].substring(words[2].indexOf(':') + 1);
        assertTrue(ran.err().contains(field) || ran.err().contains(value), ran.err());
    }
}
