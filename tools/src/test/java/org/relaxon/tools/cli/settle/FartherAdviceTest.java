package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Advice reaches as far as the cause does: more host time, or a strength far below. */
class FartherAdviceTest {
    /** Trials of longer runs leave enough for a strength, which comes after a budget. */
    @ParameterizedTest
    @CsvSource({
        "--slow 2=100s, --budget-time ",
        "--slow 2=1000000s, leave out --slow ",
        "--delay exponential:1000s, --budget-time ",
        "--gain 20 --beta 10, --beta 1e-6 ",
        "--delay exponential:1ms --gain 4 --beta 0.1, --beta 0.001 ",
        "--delay constant:1ms --gain 4 --beta 0.1, --beta 0.001 ",
        "--delay exponential:1ms --budget-time 2ms, --budget-time 60s "
    })
    void theAdvisedRunSettles(String options, String advised) throws IOException {
        Ran ran = relaxon("settle --json - " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        JsonNode json = ran.json();
        assertTrue(json.get("advice").asText().startsWith(advised), json.get("advice").asText());
        Ran then = relaxon(json.get("adviceCommand").asText().replaceFirst("relaxon ", ""));
        assertEquals(ExitCode.DONE, then.code(), then.err());
        assertEquals(json.get("adviceMessages"), then.json().get("messages"));
    }

    /** No trial shows what a run does after it; a longer one that would be the same is left out. */
    @Test
    void trialsThatEndedBeforeTheirRunAreMarked() throws IOException {
        String none = "--json - --algorithm pc-clamped --layers 3,4,2 --gain 1e9 ";
        Ran ran = relaxon("settle --delay constant:1ms --budget-time 10s " + none);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        String advice = ran.json().get("advice").asText();
        String times = "--budget-time 60s; --budget-time 100s; --budget-time 1000s \\(";
        String marked = "none known; .*: " + times + "stopped after [0-9]+ messages\\); --disc.*";
        assertTrue(advice.matches(marked), advice);
        assertFalse(advice.contains("10000s"), advice);
    }

    /** The twin: trials with the whole budget of their runs, and one that ended by itself. */
    @Test
    void trialsAsLongAsTheirRunAreNotMarked() throws IOException {
        String none = "--json - --algorithm pc-clamped --layers 3,4,2 --gain 1e9 ";
        Ran ran = relaxon("settle --delay constant:1ms --budget-messages 5000 " + none);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        String advice = ran.json().get("advice").asText();
        assertTrue(advice.startsWith("none known; "), advice);
        assertTrue(advice.contains(": --budget-messages 50000; "), advice);
        assertFalse(advice.contains("stopped"), advice);
    }
}
