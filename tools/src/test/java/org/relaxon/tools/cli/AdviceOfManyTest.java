package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks and sweeps say what to change, as settle does, and what they claim of nothing. */
class AdviceOfManyTest {
    private static final String SWEEP = "sweep --quiet --seeds 1 --layers 3,4,2 --beta 0.3";
    private static final String BUDGET = " --budget-messages 2000 --budget-relaxations 2000";

    @Test
    void aSweepWithoutOneSettledRunIsNotSettledAndAdvises() throws IOException {
        Ran ran = relaxon(SWEEP + " --axis gain=8,16 --json -" + BUDGET);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals(ExitCode.NOT_SETTLED, json.get("exitCode").asInt());
        assertEquals(0, json.get("runsSettled").asInt());
        assertEquals(0, json.get("adviceRun").asInt());
        String command = json.get("adviceCommand").asText();
        Ran then = relaxon((command.replaceFirst("bin/relaxon ", "") + " --json -").split(" "));
        assertEquals(ExitCode.DONE, then.code(), command + then.err());
        assertEquals(json.get("adviceMessages"), then.json().get("messages"));
        Ran text = relaxon(SWEEP + " --axis gain=8,16" + BUDGET);
        assertTrue(text.out().contains("advice for run 0: "), text.out());
        assertTrue(text.out().contains("No run of this grid came to its end"), text.out());
    }

    @Test
    void oneSettledRunIsEnoughForASweepToBeDone() throws IOException {
        Ran ran = relaxon(SWEEP + " --axis gain=1,16 --json -" + BUDGET);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        assertEquals(1, ran.json().get("runsSettled").asInt());
        assertEquals(1, ran.json().get("adviceRun").asInt());
        Ran whole = relaxon(SWEEP + " --axis gain=1 --json -");
        assertTrue(whole.json().get("advice").isNull());
        assertFalse(relaxon(SWEEP + " --axis gain=1").out().contains("advice"));
    }

    @Test
    void aCheckAdvisesAboutTheFirstCaseThatDidNotSettle() throws IOException {
        String line =
                "check --seeds 2 --host virtual --delay none --granularity layer --algorithm pc-nudge";
        Ran ran = relaxon(line + " --cut 2->3");
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        String part =
                "advice for pc-nudge, virtual, layer cells, delay none, seed 1: leave out --cut 2->3";
        assertTrue(ran.out().contains(part), ran.out());
        JsonNode json = relaxon(line + " --cut 2->3 --json -").json();
        assertTrue(json.get("advice").asText().contains("(tried: settles in"));
        assertTrue(
                json.get("cases")
                        .get(0)
                        .get("certificate")
                        .get("text")
                        .asText()
                        .startsWith("does not apply"));
        assertTrue(relaxon(line + " --json -").json().get("advice").isNull());
        assertFalse(relaxon(line).out().contains("advice"));
    }

    /** The last digits of errors on actors must not turn the rows round. */
    @Test
    void casesThatHoldStayInTheOrderOfTheGrid() throws IOException {
        JsonNode cases =
                relaxon("check --seeds 1 --host akka,virtual --layers 4,3,2 --json -")
                        .json()
                        .get("cases");
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (JsonNode one : cases) {
            found.add(
                    "%s %s %s %s"
                            .formatted(
                                    one.get("algorithm").asText(),
                                    one.get("host").asText(),
                                    one.get("granularity").asText(),
                                    one.get("delay").asText()));
        }
        for (String algorithm : List.of("pc-nudge", "fy-pc")) {
            for (String host : List.of("akka", "virtual")) {
                for (String cells : List.of("neuron", "layer")) {
                    for (String delay : List.of("none", "exponential:200us")) {
                        expected.add(String.join(" ", algorithm, host, cells, delay));
                    }
                }
            }
        }
        assertEquals(expected, found);
    }
}
