package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** One process plays any node of a cluster. */
class DryNodeRunTest {
    @Test
    void aSettlingReportsItsNode() throws IOException {
        String line = "settle --host cluster --layers 6,20,20,4 --granularity block:5";
        Ran ran = relaxon(line + " --dry-nodes 3 --as 2 --json -");
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        JsonNode report = ran.json().get("reports").get(0);
        assertEquals(2, report.get("node").asInt());
        assertEquals(3, report.get("nodes").asInt());
        assertEquals(6 * 20 + 20 * 20 + 20 * 4, report.get("cluster").get("synapses").asInt());
        assertEquals(
                report.get("predicted").get("roundOperations").asDouble(),
                report.get("measured").get("roundOperations").asDouble(),
                0.05 * report.get("predicted").get("roundOperations").asDouble());
        assertEquals(1, report.get("ways").get(0).get("node").asInt());
        String text = relaxon(line + " --dry-nodes 3 --as 2").out();
        assertTrue(text.contains("node 2 of 3: "), text);
    }

    /** A report for each algorithm and granularity. */
    @Test
    void aCheckReportsItsNodeInEveryNetwork() throws IOException {
        Ran ran = relaxon("check --host cluster --layers 6,8,4 --dry-nodes 2 --json -");
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertEquals(4, ran.json().get("reports").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settle --dry-nodes 3 | dry-nodes: applies only to the host cluster, not to virtual",
                "settle --as 3 | as: give --dry-nodes N",
                "settle --host cluster --dry-nodes 3 --as 4 | as: 4 is not in 1..3",
                "settle --host cluster --dry-nodes 0 | dry-nodes: 0 is not in 1..1024",
                "settle --host cluster --dry-nodes 9 --as 9 | as: there is no node 9",
                "settle --measure-nodes | measure-nodes: applies only to the host cluster",
                "settle --host cluster --dry-nodes 2 --weights w.npz | weights: an outline draws"
            })
    void whatHasNoMeaningIsRefused(String line, String message) {
        Ran ran = relaxon(line);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.err());
        assertTrue(ran.err().contains(message), ran.err());
    }
}
