package org.relaxon.tools.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
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

    @Test
    void whatCannotRunIsRefusedBeforeANodeStarts() {
        requireRefused("cluster --nodes 0 -- check", "nodes: 0 is not in 1..64");
        requireRefused("cluster -- node", "node has no cells of its own");
        requireRefused("settle --host cluster", "join: the host cluster needs a member");
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
