package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** A run that does not decide whether a claim holds is not judged, in every form; others are. */
class NotJudgedTest {
    private static final String ONE =
            "check --granularity layer --host virtual --delay none --seeds 1 ";

    @ParameterizedTest
    @CsvSource({
        "--algorithm pc-nudge --threshold 1e-3, changes below the threshold 0.001",
        "--algorithm pc --threshold 1e-5, changes below the threshold 1e-5",
        "--algorithm pc-alm --threshold 1e-6, changes below the threshold 1e-6",
        "'--algorithm chl --layers 8,10,10,10,10,10,4', rounding may make up"
    })
    void aRunThatDoesNotDecideIsNotJudged(String options, String why, @TempDir Path out)
            throws IOException {
        Ran text = relaxon(ONE + options);
        assertEquals(ExitCode.NOT_SETTLED, text.code(), text.out() + text.err());
        assertTrue(text.out().contains("\nNot judged: in the cases marked - "), text.out());
        assertTrue(text.out().contains(" is not judged: " + why), text.out());
        assertFalse(text.out().contains("does not hold"), text.out());

        Ran ran = relaxon(ONE + options + " --json - --out " + out);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals(ExitCode.NOT_SETTLED, json.get("exitCode").asInt());
        assertTrue(json.get("holds").isNull() && json.get("noClaim").isNull(), ran.out());
        JsonNode one = json.get("cases").get(0);
        assertTrue(one.get("caseHolds").isNull() && one.get("noClaim").isNull(), ran.out());
        assertTrue(one.get("notJudged").asText().contains(why), ran.out());
        assertEquals("", one.get("why").asText());
        String page = Files.readString(Path.of(json.get("directory").asText(), "report.html"));
        assertTrue(page.contains("Not judged: this run does not decide"), "verdict of the page");
        assertTrue(page.contains("0 of 1 cases hold, 1 are not judged"), "count of the page");
        assertFalse(page.contains("does not hold"), "the page denies nothing");
    }

    /** The negative twin: an error beyond what the threshold leaves unsent is denied. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--algorithm ep --form difference --against backprop --threshold 1e-4",
                "--algorithm ep --against backprop",
                "--algorithm pc --against backprop --threshold 1e-6"
            })
    void aFigureBeyondTheBarIsDenied(String options, @TempDir Path out) throws IOException {
        Ran text = relaxon(ONE + options);
        assertEquals(ExitCode.DOES_NOT_HOLD, text.code(), text.out() + text.err());
        assertTrue(text.out().contains("does not hold in the cases marked NO"), text.out());
        assertFalse(text.out().contains("ot judged"), text.out());

        JsonNode json = relaxon(ONE + options + " --json - --out " + out).json();
        assertEquals(ExitCode.DOES_NOT_HOLD, json.get("exitCode").asInt());
        assertFalse(json.get("holds").asBoolean(true));
        JsonNode one = json.get("cases").get(0);
        assertFalse(one.get("caseHolds").asBoolean(true));
        assertTrue(one.get("notJudged").isNull());
        assertFalse(one.get("why").asText().isEmpty());
        String page = Files.readString(Path.of(json.get("directory").asText(), "report.html"));
        assertTrue(page.contains("The claim does not hold"), "verdict of the page");
    }

    /** The reason is all that keeps the case from being judged; rounding hides only an order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--algorithm pc-nudge",
                "--algorithm pc-alm",
                "--algorithm chl --layers 8,10,10,10,10,10,4 --form difference",
                "--algorithm pc-nudge --beta 1e-9"
            })
    void withoutItsReasonTheClaimHolds(String options) throws IOException {
        Ran ran = relaxon(ONE + options + " --json -");
        assertEquals(ExitCode.DONE, ran.code(), ran.out());
        assertTrue(ran.json().get("holds").asBoolean());
        assertTrue(ran.json().get("cases").get(0).get("notJudged").isNull());
    }

    @Test
    void anOrderIsClaimedOnlyWhereItWasMeasured() {
        String measured = relaxon(ONE + "--algorithm pc-nudge").out();
        assertTrue(measured.contains("gradient, to the stated order.\n"), measured);
        String hidden = relaxon(ONE + "--algorithm pc-nudge --precision float").out();
        assertTrue(hidden.contains("or, where none is, to rounding.\n"), hidden);
    }

    /** An exact estimate holds behind a coarse threshold if its error is within its bound. */
    @ParameterizedTest
    @ValueSource(strings = {"pc --threshold 1e-6", "pc-alm --threshold 1e-12"})
    void anExactEstimateWithinItsBoundHolds(String options) throws IOException {
        Ran ran = relaxon(ONE + "--json - --algorithm " + options);
        assertEquals(ExitCode.DONE, ran.code(), ran.out());
        String coarse = relaxon(ONE + "--algorithm pc --threshold 1e-5").out();
        assertTrue(
                coarse.contains("an exact estimate may be off by no more than 1.0e-06; leave"),
                coarse);
    }

    @Test
    void whereTheOrderIsHiddenItsStrengthIsNamed() {
        String options = "--algorithm ep --form difference --threshold 2e-6";
        String text = relaxon(ONE + options).out();
        assertTrue(text.contains(" at the strength 1e-4, down to which the order is"), text);
    }

    /** The threshold of a check follows from the error to be judged, that of a run from T. */
    @Test
    void aToleranceSavesMessagesInSettleAndNotInCheck() throws IOException {
        String check = ONE + "--algorithm pc-nudge --json -";
        assertEquals(messages(check), messages(check + " --tolerance 0.1"));
        assertTrue(messages("settle --json - --tolerance 0.1") < messages("settle --json -"));
    }

    private static long messages(String command) throws IOException {
        return relaxon(command).json().get("messages").asLong();
    }

    @Test
    void theHelpNamesTheExitCodes() {
        String help = relaxon("check --help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("3 some case did not settle or is not judged"), help);
        assertTrue(help.contains("A case is not judged where this run does not decide"), help);
    }
}
