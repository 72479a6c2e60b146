package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
}
