package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.runtime.cluster.Address;
import org.relaxon.runtime.cluster.ClusterNode;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon reproduce straggler} as a user meets it; no time is judged here. */
class ReproduceStragglerTest {
    private static final Address ANY = new Address("127.0.0.1", 0);

    @Test
    void itSettlesOnNodesAndLeavesARunDirectory(@TempDir Path temp) throws IOException {
        try (ClusterNode first = ClusterNode.start(ANY, null, 1);
                ClusterNode second = ClusterNode.start(ANY, first.address(), 1)) {
            Ran ran =
                    relaxon(
                            "reproduce straggler --hidden-layers 3 --width 4 --pause 1ms --factor 2"
                                    + " --seeds 1 --nodes 2 --join "
                                    + first.address()
                                    + " --json - --out "
                                    + temp);
            assertTrue(ran.code() <= 1, ran.out() + ran.err());
            JsonNode json = ran.json();
            PromisedFields.assertIn(json);
            assertEquals("settled", json.get("verdict").asText());
            assertTrue(json.at("/checks/0/holds").asBoolean(), ran.out());
            assertTrue(json.at("/checks/1/holds").asBoolean(), "the same gradient: " + ran.out());
            assertTrue(json.at("/ratios/0/ratio").isNumber(), ran.out());
            Path run = Path.of(json.get("directory").asText());
            long nodes =
                    Files.readAllLines(run.resolve("results.csv")).stream()
                            .filter(line -> line.contains(",cluster,"))
                            .count();
            assertEquals(2 * 2 * 3, nodes);
            Path picture = run.resolve("straggler-time.png");
            assertEquals(1100, ImageIO.read(picture.toFile()).getWidth());
            String page = Files.readString(run.resolve("report.html"));
            assertTrue(page.contains("Activities and errors, beta 1e-12, one seed"), page);
            assertTrue(second.address().port() > 0);
        }
    }

    @Test
    void aDryRunNamesTheCellsOfTheStraggler() {
        Ran ran = relaxon("reproduce straggler --dry-run");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(
                ran.out().startsWith("settlings    168: 3 seeds x (12 on nodes + 44"), ran.out());
        assertTrue(ran.out().contains("1..8; 9..17; 18..25, the straggler with 9"), ran.out());
        assertTrue(ran.out().contains("started on this machine"), ran.out());
        Ran joined = relaxon("reproduce straggler --dry-run --join 127.0.0.1:1");
        assertTrue(!joined.out().contains("started on this machine"), joined.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--hidden-layers 0",
                "--width 0",
                "--pause 0ms",
                "--pause soon",
                "--factor 1",
                "--nodes 1",
                "--tls keys",
                "--seeds 0",
                "--host akka"
            })
    void badInputIsOneLineThatNamesTheField(String options) {
        String line = relaxon("reproduce straggler " + options).refusal();
        assertTrue(line.contains(options.split(" ")[0].substring(2)), line);
    }
}
