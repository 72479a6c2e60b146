package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** What a training says of examples that did not settle. */
class LeftOutTest {
    private static final String FEW =
            "train --quiet --data two-moons --examples 64 --test-examples 20 --iterations 4 ";

    private static long because(JsonNode json) {
        long sum = 0;
        for (JsonNode count : json.get("examplesDroppedBecause")) {
            sum += count.asLong();
        }
        return sum;
    }

    /** A budget that only some of the settlings exceed would still be a training. */
    @Test
    void aTrainingThatLeftOutMostExamplesIsNone() throws IOException {
        Ran ran =
                relaxon(
                        FEW
                                + "--algorithm ep --discipline eager --gain 6 --batch 8"
                                + " --budget-messages 300 --json -");
        JsonNode json = ran.json();
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out());
        assertTrue(json.get("examplesDroppedShare").asDouble() > 0.5, ran.out());
        assertEquals(json.get("examplesDropped").asLong(), because(json), ran.out());
        assertTrue(
                json.get("reason").asText().contains("did not settle")
                        || json.get("reason").asText().contains("no example settled"),
                ran.out());
    }

    @Test
    void theReasonIsInTheText() {
        Ran ran =
                relaxon(
                        FEW
                                + "--algorithm ep --discipline eager --gain 6 --batch 8"
                                + " --budget-messages 300");
        assertTrue(ran.out().contains("left out     because: "), ran.out());
        assertTrue(ran.out().contains("; the last: "), ran.out());
        assertTrue(ran.out().contains("; advice for the first that did not settle: "), ran.out());
        assertTrue(ran.out().contains("--unsettled fail ends the training"), ran.out());
    }

    @Test
    void theExampleThatEndsATrainingIsCounted() throws IOException {
        Ran ran =
                relaxon(
                        FEW
                                + "--algorithm ep --discipline eager --gain 6 --batch 8"
                                + " --budget-messages 300 --unsettled fail --json -");
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        assertTrue(ran.json().get("examplesDropped").asLong() > 0, ran.out());
        String warning = ran.json().get("leftOutWarning").asText();
        assertFalse(warning.contains("--unsettled"), "what is in force is no advice: " + warning);
    }

    @Test
    void aTrainingThatLeavesNothingOutHasNothingToSay() throws IOException {
        Ran ran = relaxon(FEW + "--json -");
        assertEquals(ExitCode.DONE, ran.code());
        assertEquals(0, because(ran.json()));
        assertFalse(relaxon(FEW).out().contains("because"), "nothing was left out");
    }
}
