package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Of several remedies that settle, the one with the better gradient is advised. */
class RemedyChoiceTest {
    private static final String LATERAL =
            """
            populations = [
              { name = x, size = 8, role = input }
              { name = h, size = 12, activation = linear }
              { name = y, size = 4, role = output }
            ]
            projections = [
              { from = x, to = h }
              { name = lat, from = h, to = h }
              { from = h, to = y }
            ]
            """;

    private static JsonNode refused(String options) throws IOException {
        Ran ran = relaxon("settle --json - " + options);
        assertEquals(ExitCode.NOT_SETTLED, ran.code(), ran.err());
        return ran.json();
    }

    private static JsonNode followed(JsonNode refused) throws IOException {
        Ran then = relaxon(refused.get("adviceCommand").asText().replaceFirst("relaxon ", ""));
        assertEquals(ExitCode.DONE, then.code(), then.err());
        return then.json();
    }

    /** A quotient of 1e-4 and 1e5 is 1.0000000000000001e-9; at 1e-7 the gradient is far off. */
    @Test
    void smallerStrengthsAreDecimalShifts() throws IOException {
        JsonNode json = refused("--gain 60 --activation linear");
        assertTrue(json.get("advice").asText().startsWith("--beta 1e-9 ("), json.toString());
        assertEquals(1e-9, followed(json).get("beta").asDouble());
    }

    /** Safeguarded steps come first and settle, with a gradient that is 0.97 off. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gain 8 --beta 0.1",
                "--gain 4 --layers 3,4,2 --beta 0.3 --dynamics gradient --step 0.9"
            })
    void aNearerGradientIsPreferred(String options) throws IOException {
        JsonNode json = refused(options);
        JsonNode then = followed(json);
        double error = then.get("relativeError").asDouble();
        assertTrue(error <= 0.14, error + " after " + json.get("advice"));
        assertEquals(error, json.get("adviceRelativeError").asDouble());
        assertEquals(json.get("adviceMessages"), then.get("messages"));
        String said = ", relative error %.2g to backprop)".formatted(error);
        assertTrue(json.get("advice").asText().contains(said), json.get("advice").asText());
    }

    /** Multipliers settle with whole steps, and at larger weights with heavier residuals. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--gain 4; 64,64",
                "--parameters 8,0.001 --budget-relaxations 2000; 8,8",
                "--parameters 8,0.001 --dynamics gradient --budget-relaxations 20000; 8,8"
            })
    void multipliersAreGivenOtherParameters(String options, String better) throws IOException {
        JsonNode json = refused("--algorithm pc-alm " + options);
        String advice = json.get("advice").asText();
        assertTrue(advice.startsWith("--parameters " + better + " "), advice);
        JsonNode then = followed(json);
        assertEquals(better, then.get("options").get("--parameters").asText());
        assertTrue(then.get("relativeError").asDouble() < 1e-8, advice);
    }

    /** The twin: a near gradient is not traded for a nearer one that nobody asked for. */
    @Test
    void theLeastChangeIsKeptWhereItsGradientIsNear() throws IOException {
        JsonNode json = refused("--budget-messages 10 --beta 0.001");
        assertTrue(json.get("advice").asText().startsWith("--budget-messages 100 "), "" + json);
        JsonNode then = followed(json);
        assertEquals(0.001, then.get("beta").asDouble());
        assertEquals(then.get("relativeError"), json.get("adviceRelativeError"));
    }

    /** The only remedy is advised however far its gradient is, with the error and a warning. */
    @Test
    void aFarGradientIsAdvisedWhereNothingIsNearer() throws IOException {
        JsonNode json = refused("--cut 2->3 --beta 0.7");
        assertTrue(json.get("adviceRelativeError").asDouble() > 0.1, "" + json.get("advice"));
        assertTrue(json.get("advice").asText().contains("; theory predicts"), "" + json);
        assertEquals(0.7, followed(json).get("beta").asDouble());
    }

    /** An option that is stated already cannot be given again, so that a fragment would not run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gain 4 --layers 3,4,2 --beta 0.3 --dynamics=gradient --step 0.9",
                "--gain 8 --lambda=0.1 --data random --discipline eager",
                "--beta=0.01 --cut 2->3",
                "--budget-messages=10",
            })
    void theWholeCommandIsPrintedAndRunsAsItStands(String options) throws IOException {
        Ran ran = relaxon("settle --quiet " + options);
        String line = found(ran, "run ").orElseThrow(() -> new AssertionError(ran.out()));
        assertTrue(line.startsWith("relaxon settle --quiet "), line);
        Ran then = relaxon(line.replaceFirst("^relaxon ", "").replace("'", "").split(" "));
        assertEquals(ExitCode.DONE, then.code(), line + then.err());
    }

    private static Optional<String> found(Ran ran, String name) {
        return ran.out()
                .lines()
                .filter(l -> l.startsWith(name))
                .map(l -> l.substring(name.length()).strip())
                .findFirst();
    }

    /** The twin: without advice there is no command to run. */
    @Test
    void noCommandIsPrintedWithoutAdvice() {
        assertEquals(Optional.empty(), found(relaxon("settle"), "run "));
        Ran none = relaxon("settle --quiet --algorithm pc-clamped --layers 3,4,2 --gain 1e9");
        assertTrue(none.out().contains("advice       none known"), none.out());
        assertEquals(Optional.empty(), found(none, "run "));
    }

    /** Linear neurons that inhibit each other too strongly for sweeps, but not for messages. */
    @Test
    void whereSweepsDivergeTheRunIsTriedWithoutThem(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lateral.conf"), LATERAL);
        String command = "--algorithm ep --gain 1 --granularity neuron --network " + file;
        JsonNode json = refused("--host synchronous --budget-sweeps 3000 " + command);
        assertEquals("diverged", json.get("reason").asText(), json.toString());
        String advice = json.get("advice").asText();
        assertTrue(advice.startsWith("--host virtual (tried: settles in "), advice);
        JsonNode then = followed(json);
        assertEquals("virtual", then.get("host").asText());
        assertEquals(json.get("adviceMessages"), then.get("messages"));
    }

    @Test
    void tooFewSweepsAreAdvisedMore() throws IOException {
        JsonNode json = refused("--host red-black --budget-sweeps 2 --algorithm ep");
        assertEquals("time-budget", json.get("reason").asText(), json.toString());
        String advice = json.get("advice").asText();
        assertTrue(advice.startsWith("--budget-sweeps 200 (tried: settles in "), advice);
        assertEquals(json.get("adviceMessages"), followed(json).get("messages"));
    }

    /** The twin: what settles nowhere is said to have been tried without sweeps too. */
    @Test
    void whatSettlesNowhereWasTriedWithoutSweeps() throws IOException {
        String none = " --algorithm pc-clamped --layers 3,4,2 --gain 1e9 --budget-relaxations 9000";
        String swept = refused("--host synchronous" + none).get("advice").asText();
        String last = "--host virtual; --host virtual --discipline turn-taking";
        assertTrue(swept.startsWith("none known; ") && swept.endsWith(last), swept);
        assertFalse(refused(none).get("advice").asText().contains("--host"));
    }

    @Test
    void theFreePhaseHasNoError() throws IOException {
        JsonNode json = refused("--cut 2->3 --beta 0");
        assertTrue(json.get("adviceRelativeError").isNull(), "" + json);
        assertTrue(json.get("advice").asText().endsWith(" messages)"), "" + json);
    }
}
