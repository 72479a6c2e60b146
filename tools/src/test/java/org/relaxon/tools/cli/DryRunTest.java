package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dry run states what the run would be made with. */
class DryRunTest {
    private static List<String> dry(String line) {
        Ran ran = relaxon(line + " --dry-run");
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        return ran.out().lines().toList();
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(l -> l.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .substring(13);
    }

    @Test
    void aSettlingStatesItsResolvedSettings() throws IOException {
        String line = "settle --algorithm ep --delay exponential:1ms --drop 0.1";
        List<String> lines = dry(line);
        JsonNode run = relaxon(line + " --json -").json();
        assertEquals(run.get("problem").asText(), lines.get(0));
        assertEquals(
                "ep, one-sided, strength 1e-3, on virtual in layer cells, delay exponential:1ms",
                lines.get(1).replace("0.001", "1e-3"));
        assertEquals(run.get("reference").asText(), value(lines, "reference"));
        String threshold = value(lines, "threshold").replaceFirst(",.*", "");
        assertEquals(run.get("threshold").asDouble(), Double.parseDouble(threshold));
        String tolerance = value(lines, "tolerance").replaceFirst(" .*", "");
        assertEquals(run.get("tolerance").asDouble(), Double.parseDouble(tolerance));
        assertEquals("--drop 0.1", value(lines, "faults"));
        assertTrue(
                value(lines, "budget").startsWith("10000000 messages, 10000000 relaxations, 60"));
        assertEquals("bin/relaxon " + line, value(lines, "repeat"));
        assertEquals("none", value(dry("settle"), "faults"));
        assertNotEquals(threshold, value(dry("settle --threshold 1e-3"), "threshold"));
    }

    @Test
    void checksAndSweepsStateWhatTheyBeginWith() {
        List<String> check = dry("check --beta 1e-3 --seeds 2");
        assertTrue(value(check, "cases").startsWith("on virtual, akka under delay none, exponen"));
        assertTrue(check.contains("algorithm    fy-pc against backprop"), check.toString());
        assertEquals("bin/relaxon check --beta 1e-3 --seeds 2", value(check, "repeat"));
        List<String> sweep = dry("sweep --axis beta=1e-3,1e-2 --seeds 1");
        assertTrue(value(sweep, "budget").startsWith("1000000 messages"), sweep.toString());
        String command = value(sweep, "this run").replaceFirst("bin/relaxon ", "");
        assertEquals(ExitCode.DONE, relaxon(command).code());
    }

    @Test
    void aTrainingStatesItsDefaultsAndItsRun() {
        String line = "train --data two-moons --layers 2,8,2 --rate 0.01";
        List<String> lines = dry(line);
        assertTrue(lines.contains("by default   batch 64"), lines.toString());
        assertTrue(lines.stream().noneMatch(l -> l.startsWith("by default   rate")));
        assertTrue(
                dry("train --data two-moons").stream()
                        .anyMatch(l -> l.startsWith("by default   rate")));
        assertTrue(value(lines, "tolerance").contains("for defects"), lines.toString());
        assertEquals("bin/relaxon " + line, value(lines, "repeat"));
    }

    /** The mean delay is the unit of all times, until something else has a time of its own. */
    @Test
    void aMeanDelayThatScalesTimeAloneIsRemarkedUpon() throws IOException {
        String line =
                "sweep --seeds 1 --granularity neuron --layers 3,4,2 --axis delay-mean=1ms,64ms";
        Ran alone = relaxon(line);
        assertTrue(alone.err().contains("no figure but the time depends on it"), alone.err());
        JsonNode points = relaxon(line + " --json -").json().get("points");
        assertEquals(
                points.get(0).get("meanLog10Error").asDouble(),
                points.get(1).get("meanLog10Error").asDouble(),
                1e-9);
        assertFalse(relaxon(line + " --refractory 1ms").err().contains("delay-mean"));
        assertFalse(relaxon(line + " --quiet").err().contains("delay-mean"));
    }
}
