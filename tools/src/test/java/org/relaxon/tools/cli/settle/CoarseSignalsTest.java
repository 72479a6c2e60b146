package org.relaxon.tools.cli.settle;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** What signals on a coarse grid, or beyond a coarse threshold, leave to be promised. */
class CoarseSignalsTest {
    @ParameterizedTest
    @ValueSource(strings = {"bits:1", "bits:2", "10", "bits:52"})
    void noPromiseAppliesToSignalsOnAGrid(String quantum) throws IOException {
        String options = " --budget-relaxations 400 --json - --quantum " + quantum;
        JsonNode certificate = relaxon("settle" + options).json().get("certificate");
        String prevented = certificate.get("preventedBy").get(0).asText();
        assertTrue(prevented.startsWith("--quantum "), prevented);
        assertTrue(certificate.get("text").asText().startsWith("does not apply: it assumes exact"));
        assertFalse(certificate.get("text").asText().contains("recommends"));
    }

    @Test
    void aPromiseAppliesToExactSignalsAndToAGridNoCoarserThanDoubles() throws IOException {
        for (String grid : new String[] {"", " --quantum 1e-300"}) {
            JsonNode certificate = relaxon("settle --json -" + grid).json().get("certificate");
            assertTrue(certificate.get("preventedBy").isEmpty(), grid);
            assertTrue(certificate.get("text").asText().startsWith("certified, "), grid);
        }
    }

    /**
     * A state that rests only within its threshold is neither a mismatch nor known as a minimum.
     */
    @ParameterizedTest
    @ValueSource(strings = {"3e-5", "1e-4", "1e-3", "0.9"})
    void noMinimumIsStatedOfAStateAsCoarseAsItsErrors(String threshold) throws IOException {
        JsonNode json = relaxon("settle --json - --threshold " + threshold).json();
        JsonNode minimum = json.get("minimum");
        assertEquals(0, minimum.get("minima").asInt(), minimum.toString());
        assertTrue(minimum.get("why").asText().startsWith("signals are too coarse"));
        JsonNode fine = relaxon("settle --json - --threshold 1e-7").json();
        assertEquals(1, fine.get("minimum").get("minima").asInt());
    }

    @Test
    void aCoarseResolutionIsAWarningOnPageTextAndJson(@TempDir Path out) throws IOException {
        for (String coarse : new String[] {"--quantum bits:4", "--threshold 0.9"}) {
            Ran text = relaxon("settle " + coarse);
            assertTrue(text.out().contains("claims no gradient: signals resolve"), text.out());
            assertFalse(text.out().contains("claims the reference gradient"), text.out());
            JsonNode json = relaxon("settle --json - " + coarse + " --out " + out).json();
            String warning = json.get("resolutionWarning").asText();
            Path page = Path.of(json.get("directory").asText(), "report.html");
            assertTrue(Files.readString(page).contains(warning), warning);
        }
        JsonNode some = relaxon("settle --json - --tolerance 0.05").json();
        assertTrue(some.get("resolutionWarning").asText().contains("only to 5.0e-02"));
        for (String fine : new String[] {"", "--threshold 1e-6", "--tolerance 0.01"}) {
            assertTrue(relaxon("settle --json - " + fine).json().get("resolutionWarning").isNull());
        }
    }

    /** The two figures of a refusal differ, and what is refused or too coarse claims nothing. */
    @Test
    void onlyASettledRunClaimsTheGradientOfActivities() throws IOException {
        String[] none = {
            "--threshold 1",
            "--threshold 0.9",
            "--threshold 1e-3 --beta 0",
            "--threshold 1e-4 --feedback random",
            "--threshold 1e-4 --budget-messages 3",
        };
        for (String options : none) {
            assertFalse(relaxon("settle " + options).out().contains("economic "), options);
            assertFalse(relaxon("settle --json - " + options).json().get("economic").asBoolean());
        }
        String detail = relaxon("settle --json - --threshold 1").json().get("detail").asText();
        assertTrue(
                detail.endsWith("known to 1.00e+00 of its size, and 9.99e-01 is required"), detail);
        assertTrue(relaxon("settle --threshold 1e-4").out().contains("\neconomic "));
        assertTrue(relaxon("settle --json - --threshold 1e-4").json().get("economic").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tolerance 1e-20", "--algorithm ep --beta 1e-11"})
    void anUnresolvedRunIsNotSettledInEveryForm(String options) throws IOException {
        Ran ran = relaxon("settle --json - " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        assertEquals("not-settled", ran.json().get("verdict").asText());
        assertEquals("unresolved", ran.json().get("reason").asText());
        String text = relaxon("settle " + options).out();
        assertTrue(text.contains("verdict      not-settled (unresolved), "), text);
        assertEquals("settled", relaxon("settle --json -").json().get("verdict").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-4", "1e-3", "0.01", "0.5"})
    void noErrorIsJudgedBelowWhatAThresholdLeavesUnsent(String threshold) throws IOException {
        String options =
                "check --json - --algorithm pc-nudge --granularity layer --host virtual"
                        + " --delay none --seeds 1 --threshold ";
        Ran ran = relaxon(options + threshold);
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        JsonNode one = ran.json().get("cases").get(0);
        assertTrue(one.get("caseHolds").isNull());
        assertTrue(one.get("notJudged").asText().contains("changes below the threshold"));
        Ran fine = relaxon(options + "1e-8");
        assertEquals(ExitCode.DONE, fine.code(), fine.out());
    }

    /** The free state, the order at a smaller strength, high orders: each hides in its own way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ep --form difference --threshold 1e-4",
                "ep --form difference --estimator centred --threshold 1e-6",
                "ep --estimator centred --threshold 1e-9",
                "coupled --form difference --beta 1e-4 --threshold 1e-7",
                "hep --threshold 1e-11",
                "chl --form difference --threshold 1e-3",
                "chl-clamped --threshold 1e-3",
            })
    void aCoarseThresholdAloneNeverDeniesAClaim(String algorithm) throws IOException {
        String options =
                "check --json - --granularity layer --host virtual --delay none --seeds 1"
                        + " --algorithm ";
        Ran ran = relaxon(options + algorithm);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.out());
        JsonNode one = ran.json().get("cases").get(0);
        assertEquals("settled", one.get("verdict").asText());
        assertTrue(one.get("caseHolds").isNull());
        assertTrue(one.get("notJudged").asText().contains("--threshold"), one.toString());
        Ran fine = relaxon(options + algorithm.replaceFirst(" --threshold.*", ""));
        assertEquals(ExitCode.DONE, fine.code(), fine.out());
    }

    @Test
    void aFinerGridIsAdvisedWhereRoundingKeepsCellsGoing(@TempDir Path out) throws IOException {
        String options = " --quantum bits:1 --budget-relaxations 2000 --json - --out " + out;
        Ran ran = relaxon("settle" + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code());
        JsonNode json = ran.json();
        assertTrue(json.get("advice").asText().startsWith("--quantum "), json.toString());
        String command = json.get("adviceCommand").asText().replaceFirst("relaxon ", "");
        Ran then = relaxon(command);
        assertEquals(ExitCode.DONE, then.code(), command + then.err());
        assertEquals(json.get("adviceMessages"), then.json().get("messages"));
        Path page = Path.of(json.get("directory").asText(), "report.html");
        assertTrue(Files.readString(page).contains("rounds signals, which the promise assumes"));
    }
}
