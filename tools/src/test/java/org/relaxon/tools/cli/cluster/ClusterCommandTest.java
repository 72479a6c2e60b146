package org.relaxon.tools.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

class ClusterCommandTest {
    private static final String CHECK =
            "check --layers 4,3,2 --seeds 1 --algorithm pc-nudge --granularity layer --delay none"
                    + " --quiet --json -";

    /** Two processes, with the claim of one. */
    @Test
    void aCheckOnTwoNodesHolds() throws IOException {
        Ran ran = relaxon("cluster --nodes 2 -- " + CHECK);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        JsonNode found = new ObjectMapper().readTree(ran.out());
        assertTrue(found.path("holds").asBoolean(), ran.out());
        JsonNode one = found.path("cases").get(0);
        assertEquals("cluster", one.path("host").asText(), ran.out());
        JsonNode alone = new ObjectMapper().readTree(relaxon(CHECK + " --host virtual").out());
        double expected = alone.path("cases").get(0).path("relativeError").asDouble();
        assertEquals(expected, one.path("relativeError").asDouble(), 1e-9 * expected);
    }

    @Test
    void aSettlingOnTwoNodesIsThatOfOneProcess() {
        String settle = "settle --layers 4,3,2 --granularity neuron --seed 2 --json -";
        Ran ran = relaxon("cluster --nodes 2 -- " + settle);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertTrue(ran.out().contains("\"settled\""), ran.out());
    }

    /** The placement of a file is printed, and stands in the result and on the page. */
    @Test
    void cellsAreWhereAFileStates(@TempDir Path directory) throws IOException {
        Path table = Files.writeString(directory.resolve("table"), "2 1\n1 2\n");
        String settle = "settle --layers 4,3,2 --placement " + table + " --out " + directory;
        Ran ran = relaxon("cluster --nodes 2 -- " + settle);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertTrue(ran.err().startsWith("node  address"), ran.err());
        Path run;
        try (Stream<Path> runs = Files.list(directory.resolve("settle"))) {
            run = runs.findFirst().orElseThrow();
        }
        JsonNode result = Ran.json(run.resolve("result.json"));
        JsonNode first = result.path("placements").path(0).path(0);
        assertEquals("2: 1, 12 synapses", words(first), result.toString());
        JsonNode second = result.path("placements").path(0).path(1);
        assertEquals("1: 2, 6 synapses", words(second), result.toString());
        String from = first.path("address").asText();
        boolean sent = false;
        for (JsonNode link : result.path("traffic")) {
            boolean forth = link.path("from").asText().equals(from);
            sent |= forth && link.path("signals").asLong() > 0 && link.path("bytes").asLong() > 0;
        }
        assertTrue(sent, result.toString());
        assertTrue(Files.readString(run.resolve("report.html")).contains(from), from);
    }

    private static String words(JsonNode share) {
        return "%d: %s, %d synapses"
                .formatted(
                        share.path("node").asInt(),
                        share.path("which").asText(),
                        share.path("synapses").asLong());
    }

    @Test
    void whatCannotRunIsRefusedBeforeANodeStarts() {
        requireRefused("cluster --nodes 0 -- check", "nodes: 0 is not in 1..64");
        requireRefused("cluster -- node", "node has no cells of its own");
        requireRefused("cluster -- check --nodes 2", "cluster: --nodes of the command is set here");
        requireRefused("cluster -- check --host akka", "not on akka; leave out --host");
        requireRefused("cluster -- chek", "did you mean check");
        requireRefused("cluster -- check --lyers 3", "--lyers");
        requireRefused("settle --host cluster", "join: the host cluster needs a member");
        requireRefused("settle --placement x", "placement: applies only to the host cluster");
        requireRefused("settle --join 127.0.0.1:1", "join: applies only to the host cluster");
        requireRefused("settle --host cluster --join here", "\"here\" is not HOST:PORT");
        requireRefused("node --listen 10.1.2.3:1", "other machines reach 10.1.2.3");
    }

    private static void requireRefused(String words, String why) {
        Ran ran = relaxon(words);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), words);
        assertTrue(ran.err().contains(why), ran.err());
    }
}
