package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.PromisedFields;
import org.relaxon.tools.cli.Ran;

/** {@code relaxon reproduce} as a user meets it. */
class ReproduceCommandTest {
    private static final String DELAYS =
            "reproduce delays --seeds 1 --products .3,1 --delays 0,20 --budget-messages 50000 ";
    private static final String DESYNCHRONISED =
            "reproduce desynchronised --data two-moons --seeds 5 --iterations 120"
                    + " --update-probability .25 ";

    private static final ObjectMapper ONE_OBJECT =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static void assertComplete(JsonNode json) {
        PromisedFields.assertIn(json);
        for (String field : List.of("claim", "citation", "holds", "why", "seeds", "exitCode")) {
            assertTrue(json.has(field), field);
        }
        for (JsonNode check : json.get("checks")) {
            for (String field : List.of("name", "expected", "measured", "holds")) {
                assertTrue(check.has(field), field);
            }
        }
    }

    private static long failed(JsonNode json) {
        return StreamSupport.stream(json.get("checks").spliterator(), false)
                .filter(c -> !c.get("holds").asBoolean())
                .count();
    }

    @Test
    void helpNamesBothAndARunWithoutOneIsRefused() {
        assertTrue(relaxon("--help").out().contains("reproduce"));
        String help = relaxon("reproduce --help").out();
        assertTrue(help.contains("delays") && help.contains("desynchronised"), help);
        assertTrue(relaxon("reproduce delays --help").out().contains("2407.05494"));
        assertTrue(relaxon("reproduce desynchronised --help").out().contains("156, 144903"));
    }

    @Test
    void delaysHoldAndLeaveARunDirectory(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("result.json");
        Ran ran = relaxon(DELAYS + "--json " + file + " --out " + temp);

        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertEquals("0 of 16 settlings", ran.err().lines().findFirst().orElse(""));
        assertTrue(ran.out().contains("arXiv 2407.05494"), ran.out());
        assertTrue(
                ran.out()
                        .lines()
                        .anyMatch(l -> l.matches("1 +2\\.710 +0\\.387 +0\\.300 +1\\.000 +0\\.529")),
                ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("turn-taking +1/1; .* 1/1; .*")));
        JsonNode json = ONE_OBJECT.readTree(file.toFile());
        assertComplete(json);
        assertTrue(json.get("holds").asBoolean());
        assertEquals(0, failed(json));
        assertEquals(2, json.get("shareSettled").size());
        assertEquals(1.0, json.get("shareSettled").get(0).get("settled").asDouble());
        assertEquals(0.0, json.get("shareSettled").get(1).get("settled").asDouble());
        assertEquals(.387, json.get("thresholds").get(0).get("lowerBound").asDouble(), 1e-3);
        Path run = Path.of(json.get("directory").asText());
        assertEquals(1 + 2 + 2 * 7, Files.readAllLines(run.resolve("results.csv")).size());
        assertEquals(1100, ImageIO.read(run.resolve("share-settled.png").toFile()).getWidth());
        assertTrue(Files.exists(run.resolve("messages.png")));
        assertTrue(
                Files.readString(run.resolve("report.html")).contains("reproduce delays"),
                "a page of its own");
    }

    /**
     * What a check says of runs is a sentence, and its symbols are explained on the page as well.
     */
    @Test
    void everySymbolOfTheChecksIsExplained(@TempDir Path temp) throws IOException {
        Ran ran = relaxon(DELAYS + "--out " + temp + " --json -");
        JsonNode json = ran.json();
        JsonNode symbols = json.get("symbols");
        StringBuilder texts = new StringBuilder();
        for (JsonNode check : json.get("checks")) {
            texts.append(check.get("expected").asText()).append(' ');
            texts.append(check.get("measured").asText()).append(' ');
            String repair = check.get("name").asText().replaceFirst("^repaired: ", "");
            assertEquals(repair.equals(check.get("name").asText()), !symbols.has(repair), repair);
        }
        for (String bound : List.of("lower bound", "upper bound")) {
            assertTrue(symbols.get(bound).asText().contains("in the limit of small steps"), bound);
        }
        for (String used :
                List.of(
                        "eta",
                        "d",
                        "lower bound",
                        "upper bound",
                        "stay away from rest",
                        "residual")) {
            assertTrue(texts.toString().matches("(?s).*\\b" + used + "\\b.*"), texts.toString());
            assertTrue(symbols.has(used), used);
        }
        assertTrue(texts.toString().contains("2 of 2 do not settle"), texts.toString());
        String page =
                Files.readString(Path.of(json.get("directory").asText()).resolve("report.html"));
        assertTrue(page.contains("<h2>Symbols</h2>"), page);
        assertTrue(page.contains("11 of 11 checks hold"), page);
        assertEquals(3, json.get("tables").size());
        assertTrue(page.contains("Product eta d at which each network stops settling."), page);
        assertFalse(texts.toString().matches("(?s).*[0-9]E-?[0-9].*|.*e-0.*"), texts.toString());
        assertTrue(relaxon(DELAYS).out().matches("(?s).*\neta +step: .*"), "in the text");
    }

    /** The twin: a reproduction without symbols has no section for them. */
    @Test
    void withoutSymbolsThereIsNoSection(@TempDir Path temp) throws IOException {
        Path run = Files.createDirectory(temp.resolve("run"));
        Files.writeString(
                run.resolve("manifest.json"),
                "{\"config\":{\"command\":\"relaxon reproduce desynchronised\"}}");
        Files.writeString(run.resolve("result.json"), "{\"holds\":true,\"symbols\":{}}");
        assertEquals(0, relaxon("report " + run).code());
        assertFalse(Files.readString(run.resolve("report.html")).contains("Symbols"));
    }

    @Test
    void weakLoopsAreNoReproduction() throws IOException {
        Ran ran = relaxon(DELAYS + "--gain 0.3 --json -");

        assertEquals(1, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertComplete(json);
        assertFalse(json.get("holds").asBoolean());
        assertTrue(json.get("why").asText().contains("delays break gradient steps"), ran.out());
    }

    @Test
    void desynchronisedHoldsAndLeavesARunDirectory(@TempDir Path temp) throws IOException {
        Ran ran = relaxon(DESYNCHRONISED + "--json - --out " + temp);

        JsonNode json = ran.json();
        assertComplete(json);
        assertEquals(0, ran.code(), json.get("why").asText());
        assertEquals(5, json.get("arms").size());
        assertEquals(1.0, json.get("arms").get(0).get("updateProbability").asDouble());
        Path run = Path.of(json.get("directory").asText());
        assertEquals(1 + 5 * 5, Files.readAllLines(run.resolve("results.csv")).size());
        assertTrue(Files.exists(run.resolve("loss-two-moons.png")));
        String page = Files.readString(run.resolve("report.html"));
        assertFalse(page.contains("A row per evaluation"), "its rows are trainings");
        assertEquals(5, json.at("/tables/0/rows").size());
        for (JsonNode row : json.at("/tables/0/rows")) {
            assertTrue(json.get("symbols").has(row.get(1).asText()), row.toString());
        }
        assertTrue(page.contains("At the end of the trainings: means over seeds"), page);
    }

    /** One step: frozen and less-learning synapses have no time to be worse. */
    @Test
    void aTrainingTooShortToTellIsNoReproduction() throws IOException {
        Ran ran =
                relaxon(
                        "reproduce desynchronised --data two-moons --seeds 3 --iterations 1"
                                + " --rate 1e-9 --update-probability .5 --json -");

        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.json().get("why").asText().contains("loss worse"));
    }

    /** What cannot be shown is stated before anything runs; a whole plan has nothing to state. */
    @Test
    void aPlanThatCanShowNothingSaysSo() {
        String dry = "reproduce delays --seeds 1 --dry-run ";
        String none =
                "note         --products: theory promises of no network that it settles at 20.0";
        assertTrue(relaxon(dry + "--products 20").out().contains(none));
        assertTrue(
                relaxon(dry + "--step 1")
                        .out()
                        .contains("note         --step: theory promises of no network"));
        String weak = relaxon(dry + "--gain 0.3").out();
        assertTrue(weak.contains("is 1.1 times an upper bound (none)"), weak);
        String whole = relaxon(dry).out();
        assertFalse(whole.contains("note "), whole);
        assertTrue(
                whole.contains(
                        "bounds       on eta d: lower 0.387; upper 0.529; step without delay at most"),
                whole);
        Ran ran = relaxon(DELAYS + "--gain 0.3");
        assertTrue(ran.err().startsWith("note: --products, --step and --delays: none"), ran.err());
        assertEquals("", relaxon(DELAYS + "--gain 0.3 --quiet").err());
    }

    @Test
    void dryRunsCountAndStop() {
        Ran delays = relaxon("reproduce delays --dry-run");
        Ran learning = relaxon("reproduce desynchronised --dry-run");

        assertEquals(0, delays.code());
        assertTrue(delays.out().contains("settlings    470: 10 seeds"), delays.out());
        assertTrue(learning.out().startsWith("trainings    90: 2 tasks"), learning.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --data two-moons --update-probability 0",
                "train --data two-moons --update-probability 1.5",
                "train --data two-moons --update-probability .5 --schedule continual --optimiser sgd",
                "reproduce delays --seeds 0",
                "reproduce delays --threads 0",
                "reproduce delays --products 0",
                "reproduce delays --delays -1",
                "reproduce delays --step NaN",
                "reproduce delays --step 10",
                "reproduce delays --step 1.01",
                "reproduce delays --products 30",
                "reproduce delays --products 1.2 --ticks 1",
                "reproduce delays --beta 0",
                "reproduce delays --ticks 0",
                "reproduce delays --budget-messages 0",
                "reproduce delays --gain -1",
                "reproduce desynchronised --seeds 2",
                "reproduce desynchronised --data mnist",
                "reproduce desynchronised --data strokes,strokes",
                "reproduce desynchronised --update-probability 1",
                "reproduce desynchronised --iterations 0",
                "reproduce desynchronised --rate 0",
                "reproduce desynchronised --host akka",
                "reproduce everything",
                "reproduce",
            })
    void badInputIsOneLineThatNamesTheField(String line) {
        String refusal = relaxon(line).refusal();
        String[] words = line.split(" ");
        for (int k = 0; k < words.length; k++) {
            if (k > 1 && words[k].startsWith("--") && !words[k].equals("--data")) {
                assertTrue(refusal.contains(words[k].replace("--", "")), refusal);
                return;
            }
        }
    }

    @Test
    void trainTakesAnUpdateProbability() throws IOException {
        String line =
                "train --data two-moons --examples 40 --test-examples 20 --iterations 2 --batch 20"
                        + " --quiet --json - --update-probability ";
        JsonNode some = ONE_OBJECT.readTree(relaxon(line + ".5").out());
        JsonNode all = ONE_OBJECT.readTree(relaxon(line + "1").out());

        assertEquals(.5, some.get("updateProbability").asDouble());
        assertEquals(1.0, all.get("updateProbability").asDouble());
        assertTrue(
                some.get("testLoss").asDouble() != all.get("testLoss").asDouble(),
                "other synapses changed");
    }
}
