package org.relaxon.tools.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
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

/** {@code relaxon reproduce depth} as a user meets it. */
class ReproduceDepthTest {
    private static final String SMALL =
            "reproduce depth --seeds 1 --depths 2,4,8 --width 8 --activation linear ";

    @Test
    void itHoldsAndLeavesARunDirectory(@TempDir Path temp) throws IOException {
        Ran ran = relaxon(SMALL + "--json - --out " + temp);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        PromisedFields.assertIn(json);
        assertTrue(json.get("holds").asBoolean());
        assertEquals("settled", json.get("verdict").asText());
        JsonNode first = json.get("exponents").get(0);
        assertEquals("eager", first.get("inference").asText());
        assertEquals("messages", first.get("cost").asText());
        assertEquals(1.0, first.get("exponent").asDouble(), 1e-12);
        assertEquals(16, first.at("/medians/2/median").asInt());
        Path run = Path.of(json.get("directory").asText());
        assertEquals(1 + 11 * 3, Files.readAllLines(run.resolve("results.csv")).size());
        for (String cost : new String[] {"messages", "critical-path"}) {
            Path picture = run.resolve("depth-" + cost + "-linear.png");
            assertEquals(1100, ImageIO.read(picture.toFile()).getWidth());
        }
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("Expected and measured") && page.contains("over the depth"), page);
        assertTrue(page.contains("Messages over L, linear, one seed"), page);
        assertEquals("16", json.at("/tables/0/rows/0/3").asText());
    }

    @Test
    void theTextHasARowForEveryWayWithItsExponent() {
        Ran ran = relaxon(SMALL);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(
                ran.out()
                        .lines()
                        .anyMatch(l -> l.matches("eager +4 +8 +16 +1\\.00 \\[1\\.00, 1\\.00]")),
                ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("synchronous +5 +9 +17 +0\\.8.*")));
        assertTrue(ran.out().contains("\nholds"), ran.out());
    }

    /** The twin: far from backprop nothing is reproduced, and what was not settled is a dash. */
    @Test
    void aLargeBetaIsNoReproduction() throws IOException {
        Ran ran = relaxon(SMALL + "--beta 1e-1 --json -");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertFalse(ran.json().get("holds").asBoolean());
        assertTrue(ran.json().get("why").asText().contains("has its backprop gradient"));
        Ran poor = relaxon(SMALL + "--budget-messages 5");
        assertEquals(1, poor.code());
        assertTrue(poor.out().lines().anyMatch(l -> l.matches("eager +4 +- +- +-")), poor.out());
    }

    /** Chains that damp errors hide the update of the energy in rounding: settled, but away. */
    @Test
    void runsAwayFromTheirReferenceAreCountedAndInNoMedian() {
        Ran ran = relaxon("reproduce depth --depths 4,16 --seeds 1 --gain 0.1 --activation linear");
        assertTrue(
                ran.out()
                        .lines()
                        .anyMatch(
                                l ->
                                        l.matches(
                                                "pc at beta 1, turns .* settled, \\d of them away"
                                                        + " from their reference")),
                ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("pc at beta 1, turns .* - +-")));
        assertTrue(ran.out().contains("\naway "), ran.out());
        assertTrue(ran.out().lines().anyMatch(l -> l.matches("eager .*[1-9] settled")), ran.out());
    }

    @Test
    void aMinimumOnAKinkHasNoReferenceButEveryRowStays(@TempDir Path temp) throws IOException {
        Ran ran =
                relaxon(
                        "reproduce depth --depths 2,4 --seeds 2 --activation relu --budget-messages 200000 --json - --out "
                                + temp);
        assertTrue(ran.code() <= 1, ran.err());
        assertTrue(ran.json().get("rowsAway").asInt() > 0, ran.out());
        assertTrue(ran.json().at("/symbols/away").asText().contains("no reference"), ran.out());
        Path run = Path.of(ran.json().get("directory").asText());
        List<String> rows = Files.readAllLines(run.resolve("results.csv"));
        assertEquals(1 + 11 * 2 * 2, rows.size());
        assertTrue(rows.stream().anyMatch(l -> l.contains(",settled,no reference,,,")), rows + "");
        assertTrue(rows.stream().anyMatch(l -> l.contains(",settled,,true,")), rows + "");
    }

    @Test
    void aDryRunCounts() {
        Ran ran = relaxon("reproduce depth --dry-run");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("settlings    "), ran.out());
        assertTrue(ran.out().contains("depth-critical-path-tanh.png"), ran.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--depths 0",
                "--depths 4,1000",
                "--depths 4",
                "--depths 4,4",
                "--width 0",
                "--activation cubic-spline",
                "--gain -1",
                "--beta 0",
                "--tolerance 1",
                "--budget-messages 0",
                "--seeds 0",
                "--host akka"
            })
    void badInputIsOneLineThatNamesTheField(String options) {
        String line = relaxon("reproduce depth " + options).refusal();
        assertTrue(line.contains(options.split(" ")[0].substring(2)), line);
    }
}
