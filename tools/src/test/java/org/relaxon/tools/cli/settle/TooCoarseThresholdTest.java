package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** A threshold too coarse for the strength is named as such, and advice against it is enough. */
class TooCoarseThresholdTest {
    private static final String CHECK =
            "check --granularity layer --host virtual --delay none --seeds 1 --json - ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ep --threshold 1e-2 --beta 1e-4 | leave out --threshold (",
                "ep --threshold 1e-6 --beta 1e-6 | leave out --threshold (",
                "ep --threshold 1e-6 --beta 1e-11 | leave out --threshold and take --form differ",
                "ep --beta 1e-11 | --form difference (",
                "chl --layers 8,10,10,10,10,10,10,10,10,10,10,4 | --form difference (",
            })
    void anUpdateThatIsHiddenHasAdviceThatIsEnough(String options, String advised)
            throws IOException {
        Ran ran = relaxon("settle --json - --algorithm " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals("unresolved", json.get("reason").asText());
        assertTrue(json.get("advice").asText().startsWith(advised), json.get("advice").asText());
        String command = json.get("adviceCommand").asText().replaceFirst("relaxon ", "");
        Ran then = relaxon(command);
        assertEquals(ExitCode.DONE, then.code(), command + then.out() + then.err());
        assertEquals(json.get("adviceMessages"), then.json().get("messages"));
        assertTrue(
                relaxon("settle --algorithm " + options).out().contains("advice       " + advised));
    }

    @Test
    void theThresholdAndNotRoundingIsBlamed() {
        String coarse = relaxon("settle --algorithm ep --threshold 1e-2 --beta 1e-4").out();
        assertTrue(coarse.contains("W1..W2: changes below the threshold 0.01, which are"), coarse);
        assertTrue(coarse.contains("(unresolved), 1 of 1 column at rest; residual"), coarse);
        assertFalse(coarse.contains("rounding of the products"), coarse);
        String tiny = relaxon("settle --algorithm ep --beta 1e-11").out();
        assertTrue(tiny.contains("the rounding of the products that the two phases"), tiny);
        assertFalse(tiny.contains("changes below the threshold"), tiny);
    }

    /** The twin: where nothing is hidden there is nothing to advise. */
    @ParameterizedTest
    @ValueSource(strings = {"ep", "ep --threshold 1e-12", "ep --beta 1e-11 --form difference"})
    void aResolvedUpdateHasNoAdvice(String options) throws IOException {
        Ran ran = relaxon("settle --json - --algorithm " + options);
        assertEquals(ExitCode.DONE, ran.code(), ran.out() + ran.err());
        assertTrue(ran.json().get("advice").isNull());
        assertNull(ran.json().get("adviceMessages"));
    }

    /** What settles but would not be judged is no advice for a check. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ep --beta 1e-6 --threshold 1e-6 | leave out --threshold (",
                "ep --beta 1e-10 --threshold 1e-9 | leave out --threshold and take --form diff",
                "pc-nudge --beta 10 --threshold 0 --budget-messages 10000 | --beta 0.01 (",
            })
    void adviceForACheckIsJudgedWhenItIsFollowed(String options, String advised)
            throws IOException {
        Ran ran = relaxon(CHECK + "--algorithm " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out() + ran.err());
        JsonNode advice = ran.json().get("advice").get(0);
        assertTrue(advice.get("text").asText().startsWith(advised), advice.toString());
        Ran then = relaxon(advice.get("command").asText().replaceFirst("relaxon ", ""));
        assertEquals(ExitCode.DONE, then.code(), advice + then.out() + then.err());
        assertTrue(then.out().contains("The claim holds"), then.out());
    }
}
