package org.relaxon.tools.cli.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon paper-training} as a user meets it. */
class PaperTrainingCommandTest {
    private static final String SMALL =
            "paper-training --layers 784,12,7,10 --examples 320 --test-examples 50 --quiet ";

    @TempDir private Path directory;

    @Test
    void everyMinibatchIsComparedAndSmallerNudgesAreCloser() throws IOException {
        Ran ran = relaxon(SMALL + "--runs 2 --betas 1e-3,1e-6 --json - --out " + directory);

        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        PromisedFields.assertIn(json);
        assertEquals(4, json.get("trainings").size());
        for (int k = 0; k < 4; k++) {
            JsonNode one = json.get("trainings").get(k);
            assertEquals(5, one.get("minibatches").asInt());
            double beta = one.get("beta").asDouble();
            assertEquals(k % 2 == 0 ? 1e-3 : 1e-6, beta);
            double distance = one.get("distanceMedian").asDouble() / beta;
            assertTrue(distance > 0.3 && distance < 10, one.toString());
            double gap =
                    one.get("testAccuracy").asDouble() - one.get("backpropTestAccuracy").asDouble();
            assertEquals(0.0, gap, 0.05);
        }
        Path run = Path.of(json.get("directory").asText());
        assertEquals(1 + 4 * 5, Files.readAllLines(run.resolve("alignment.csv")).size());
        assertEquals(1 + 4, Files.readAllLines(run.resolve("results.csv")).size());
        BufferedImage drawn = ImageIO.read(run.resolve("distance.png").toFile());
        assertEquals(1100, drawn.getWidth());
    }

    @Test
    void aLargeNudgeIsFarFromBackpropAndAHugeOneFarther() throws IOException {
        JsonNode large = relaxon(SMALL + "--betas 0.03 --json -").json();
        assertTrue(large.get("relativeError").asDouble() > 0.02, large.toString());
        assertEquals(0.0, large.get("trainings").get(0).get("shareAligned").asDouble());

        JsonNode huge = relaxon(SMALL + "--betas 0.5 --json -").json();
        assertTrue(
                huge.get("relativeError").asDouble() > 2 * large.get("relativeError").asDouble(),
                huge.toString());
    }

    @Test
    void theTableNamesDataAndPublishedFigures() {
        Ran ran = relaxon(SMALL + "--betas 1e-6");

        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("strokes, 320 to train"), ran.out());
        assertTrue(ran.out().contains("published: mean cosine"), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("1 +1e-6 +5 +5 .*")), ran.out());
        assertEquals("", ran.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paper-training --data random",
                "paper-training --runs 0",
                "paper-training --betas 0",
                "paper-training --betas NaN",
                "paper-training --examples 10",
                "paper-training --layers 5,10",
                "paper-training --host red",
                "paper-training --data mnist:/nowhere"
            })
    void badInputIsRefusedInOneLine(String line) {
        Ran ran = relaxon(line);
        assertEquals(2, ran.code(), line + ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }
}
