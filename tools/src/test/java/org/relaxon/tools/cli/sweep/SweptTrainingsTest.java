package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** What a sweep of trainings states in all its forms. */
class SweptTrainingsTest {
    private static final String SWEEP =
            "sweep --quiet --data two-moons --layers 2,4,2 --examples 16 --test-examples 10"
                    + " --batch 4 --epochs 1 ";

    @TempDir private Path temp;

    @Test
    void backpropStandsBesideEveryTraining() throws IOException {
        String line = SWEEP + "--seeds 2 --axis rate=1e-3,1e-1";
        Ran ran = relaxon(line + " --beside backprop --json - --out " + temp);
        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        Path run = Path.of(json.get("directory").asText());

        assertEquals("backprop", json.get("beside").asText());
        JsonNode point = json.get("points").get(0);
        List<String> results = Files.readAllLines(run.resolve("results.csv"));
        int column = List.of(results.get(0).split(",")).indexOf("backpropTestAccuracy");
        double sum = 0;
        for (String row : results.subList(1, 3)) {
            sum += Double.parseDouble(row.split(",")[column]);
        }
        assertEquals(sum / 2, point.get("meanBackpropTestAccuracy").asDouble(), 1e-15);
        JsonNode alone =
                relaxon(
                                "train --quiet --data two-moons --layers 2,4,2 --examples 16"
                                        + " --test-examples 10 --batch 4 --epochs 1 --rate 1e-3"
                                        + " --seed 1 --beside backprop --json -")
                        .json();
        assertEquals(
                alone.get("backpropTestAccuracy").asDouble(),
                Double.parseDouble(results.get(1).split(",")[column]));
        String text = Files.readString(run.resolve("summary.txt"));
        assertTrue(text.contains("of those, then that of backprop, with"), text);
        assertTrue(text.lines().anyMatch(l -> l.matches("rate 1e-3 .*  backprop 0\\..*")), text);
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("of the same networks trained by backprop"), page);
        Ran without = relaxon(line);
        assertFalse(without.out().contains("backprop"), "the twin has none: " + without.out());
    }

    /** All but what belongs to this process and to the place of the directory. */
    @Test
    void theStoredResultIsThePrintedOne() throws IOException {
        Ran ran = relaxon(SWEEP + "--seeds 2 --axis rate=1e-3,1e-1 --json - --out " + temp);
        ObjectNode printed = (ObjectNode) ran.json();
        Path run = Path.of(printed.remove("directory").asText());

        assertEquals(printed, Ran.json(run.resolve("result.json")));
        assertEquals(List.of("1e-3", "1e-1"), texts(printed.at("/axes/rate")));
        assertEquals(List.of("1", "2"), texts(printed.get("seeds")));
        assertEquals(2, printed.get("points").size());
    }

    /** Refusals and pages name the first and the last of many seeds, and few of them all. */
    @Test
    void manySeedsAreNotListed() throws IOException {
        String line = "sweep --quiet --layers 3,2 --axis beta=1e-2 --seeds ";
        Ran many = relaxon(line + "13 --json - --out " + temp);
        String run = many.json().get("directory").asText();
        Ran other = relaxon(line + "3 --resume " + run);
        assertTrue(other.err().contains("with seeds 1, ..., 13 (13) and is"), other.err());
        assertTrue(other.err().contains("with seeds 1, 2, 3 now"), other.err());
        String page = Files.readString(Path.of(run).resolve("report.html"));
        assertTrue(page.contains("1, ..., 13 (13)"), page);
        assertFalse(page.contains("11, 12"), page);
        assertEquals(13, Ran.json(Path.of(run).resolve("result.json")).get("seeds").size());
    }

    /** Maps of settlings have lines of theory, those of trainings have none. */
    @Test
    void theMapsOfAnInterruptedSweepAreExplained() throws IOException {
        String settled = "sweep --quiet --layers 3,2 --seeds 1 --axis beta=1e-2,1e-3";
        String line = settled + " --axis gain=1,2 --json - --out " + temp;
        Path run = Path.of(relaxon(line).json().get("directory").asText());
        String words = "Points that were not run yet have no prediction";
        assertFalse(pageOf(run).contains(words), "the twin is whole");
        interrupt(run);
        assertTrue(pageOf(run).contains(words));
        String trained = SWEEP + "--seeds 1 --axis rate=1e-3,1e-2 --axis batch=4,8";
        line = trained.replace("--batch 4 ", "") + " --json - --out " + temp;
        Path other = Path.of(relaxon(line).json().get("directory").asText());
        interrupt(other);
        assertFalse(pageOf(other).contains(words));
    }

    private static void interrupt(Path run) throws IOException {
        ObjectNode result = (ObjectNode) Ran.json(run.resolve("result.json"));
        result.put("verdict", "interrupted");
        Files.writeString(run.resolve("result.json"), result.toString());
    }

    private static String pageOf(Path run) throws IOException {
        assertEquals(0, relaxon("report " + run).code());
        return Files.readString(run.resolve("report.html"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    /** What the failed training advises; the command is true. */
    @Test
    void aTrainingThatFailedAdvisesInTheSweepToo() throws IOException {
        String line = SWEEP + "--seeds 1 --optimiser sgd --axis rate=1e-2,";
        Ran ran = relaxon(line + "1e200 --json - --out " + temp);
        JsonNode advice = ran.json().get("advice");

        assertEquals(1, advice.size(), ran.out());
        JsonNode one = advice.get(0);
        assertEquals("run 1", one.get("tried").asText());
        assertTrue(one.get("text").asText().contains("--rate"), one.toString());
        Ran again = relaxon(one.get("command").asText().replace("relaxon ", "") + " --quiet");
        assertEquals(
                one.get("text").asText().contains("not tried"), again.code() != 0, again.out());
        Path run = Path.of(ran.json().get("directory").asText());
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("What to change"), page);
        assertTrue(page.contains("Partly trained"), page);
        assertEquals(0, relaxon(line + "1e-3 --json -").json().get("advice").size());
    }
}
