package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Energy, residual and travel times over a settling that is repeated for its page. */
class CourseTest {
    private static final String DELAYED =
            "settle --layers 4,6,3 --granularity neuron --delay exponential:1ms --json - ";

    @TempDir private Path home;

    private JsonNode run(String line) throws IOException {
        Ran ran = relaxon(line + " --out " + home);
        assertTrue(ran.code() == 0 || ran.code() == 3, ran.err());
        return ran.json();
    }

    private static List<String[]> rows(JsonNode json, String file) throws IOException {
        Path path = Path.of(json.get("directory").asText(), file);
        return Files.readAllLines(path).stream().skip(1).map(l -> l.split(",", -1)).toList();
    }

    private static boolean has(JsonNode json, String file) {
        return Files.exists(Path.of(json.get("directory").asText(), file));
    }

    @Test
    void theRunStaysAsItIsAndTheRepetitionHasItsEvents() throws IOException {
        JsonNode alone = relaxon(DELAYED).json();
        JsonNode json = run(DELAYED);
        assertNull(alone.get("course"));
        assertEquals(alone.get("traceHash"), json.get("traceHash"));
        assertEquals(alone.get("relativeError"), json.get("relativeError"));
        assertEquals(alone.get("synapticOperations"), json.get("synapticOperations"));
        assertTrue(json.at("/course/sameEvents").asBoolean());
        assertEquals(json.get("messages"), json.at("/course/messages"));
    }

    @Test
    void energyAndResidualEndAsTheRunDoes() throws IOException {
        JsonNode json = run(DELAYED);
        List<String[]> course = rows(json, "course.csv");
        String[] last = course.get(course.size() - 1);
        double energy = json.at("/energy/total").asDouble();
        assertEquals("nudged", last[1]);
        assertEquals(energy, Double.parseDouble(last[5]), 1e-9 * Math.abs(energy));
        double first = Double.parseDouble(course.get(0)[6]);
        assertTrue(Double.parseDouble(last[6]) < 1e-3 * first, last[6] + " after " + first);
        assertEquals("", course.get(0)[5], "not every cell has relaxed");
    }

    @Test
    void aSlowLinkComesFirstAndAllLinksAreCounted() throws IOException {
        JsonNode json = run("settle --json - --delay constant:1ms --delay-on 2->3=constant:7ms");
        List<String[]> links = rows(json, "links.csv");
        assertEquals("all links", links.get(0)[0]);
        assertEquals("2->3", links.get(1)[0]);
        assertEquals("7000000", links.get(1)[2]);
        long sum = 0;
        for (String[] row : links.subList(1, links.size())) {
            sum += Long.parseLong(row[1]);
        }
        assertEquals(sum, Long.parseLong(links.get(0)[1]));
        assertEquals(json.get("messages").asLong(), sum);
        for (String[] row : links.subList(2, links.size())) {
            assertEquals("1000000", row[5], row[0]);
        }
    }

    @Test
    void withoutDelaysThereAreNoTravelTimes() throws IOException {
        JsonNode json = run("settle --json - ");
        assertTrue(has(json, "course.csv"));
        assertFalse(has(json, "links.csv"));
    }

    /** Of a run that never rests, the beginning alone. */
    @Test
    void onlyTheBeginningOfALongSettlingIsRepeated() throws IOException {
        JsonNode json =
                run(
                        "settle --json - --algorithm pc --beta 1 --dynamics gradient:0.2"
                                + " --granularity layer --delay constant:10ms --init normal --gain 1"
                                + " --refractory 1ms --budget-messages 150000 --budget-time 6000s");
        assertEquals("not-settled", json.get("verdict").asText());
        assertFalse(json.at("/course/whole").asBoolean());
        assertFalse(json.at("/course/sameEvents").asBoolean());
        long repeated = json.at("/course/messages").asLong();
        assertTrue(repeated < json.get("messages").asLong(), "repeated " + repeated);
        assertTrue(rows(json, "course.csv").size() <= 480);
    }

    @Test
    void hostsThatSweepAndActorsHaveACourse() throws IOException {
        JsonNode sweeps = run("settle --json - --host synchronous");
        assertEquals("sweeps", rows(sweeps, "course.csv").get(0)[2]);
        assertEquals("synchronous", sweeps.at("/course/host").asText());
        JsonNode actors = run("settle --json - --host akka --delay exponential:100us");
        assertEquals("virtual", actors.at("/course/host").asText());
        assertFalse(actors.at("/course/sameEvents").asBoolean());
    }
}
