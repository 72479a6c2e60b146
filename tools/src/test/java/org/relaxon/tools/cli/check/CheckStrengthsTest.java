package org.relaxon.tools.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.option.AlgorithmOptions;

/** Strengths, steps and losses of a check: what identifies a case is stated once, and shown. */
class CheckStrengthsTest {
    private static final String FEW =
            "check --seeds 1 --host virtual --layers 4,6,3 --granularity layer --delay none ";

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"pc-nudge --beta 1e-4,0.0001", "chl --gamma 1e-3,1e-2,1e-3"})
    void aStrengthTwiceIsRefused(String twice) {
        Ran ran = relaxon(FEW + "--algorithm " + twice);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(": a value is named twice in "), ran.err());
        assertEquals(0, relaxon(FEW + "--algorithm pc-nudge --beta 1e-4,1e-3").code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | --host virtual,virtual",
                "host | --host virtual --host akka,virtual",
                "algorithm | --algorithm pc,pc-nudge,pc",
                "granularity | --granularity neuron,block:1",
                "delay | --delay none --delay none",
                "delay | --delay all --delay none",
                "estimator | --estimator centred,one-sided,centred",
            })
    void whatMakesACaseTwiceIsRefusedByName(String name, String twice) {
        Ran ran = relaxon("check --seeds 1 --layers 4,6,3 " + twice);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(name + ": a value is named twice in "), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    /** The twin: each once is a case each. */
    @Test
    void whatIsNamedOnceIsACaseEach() throws IOException {
        String some = "check --seeds 1 --layers 4,6,3 --granularity layer --json - --delay none ";
        Ran ran = relaxon(some + "--host virtual,synchronous --algorithm pc,pc-nudge");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertEquals(4, ran.json().get("cases").size());
    }

    @Test
    void dynamicsStateTheirStepAsItsOptionDoes() throws IOException {
        String small = FEW + "--algorithm pc-nudge --json - --dynamics ";
        JsonNode one = relaxon(small + "gradient:0.2").json();
        JsonNode other = relaxon(small + "gradient --step 0.2").json();
        assertEquals("gradient:0.2", one.get("variant").asText());
        assertEquals(other.get("relativeError"), one.get("relativeError"));
        assertEquals(other.get("messages"), one.get("messages"));
        assertEquals("gradient:0.3", relaxon(small + "gradient").json().get("variant").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient:0.2 --step 0.2", "gradient:", "gradient:x", "gradients"})
    void aStepThatIsStatedTwiceOrIsNoNumberIsRefused(String dynamics) {
        Ran ran = relaxon(FEW + "--algorithm pc-nudge --dynamics " + dynamics);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("dynamics: "), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    @Test
    void anAxisOfStepsDoesNotGoWithAStepOfTheDynamics() {
        String grid = "sweep --quiet --seeds 1 --layers 4,6,3 --axis step=0.2,0.3 --dynamics ";
        Ran ran = relaxon(grid + "gradient:0.2");
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("both state a step"), ran.err());
    }

    @Test
    void rowsOfDifferentLossesCanBeDistinguished() throws IOException {
        String one = FEW + "--algorithm pc-nudge --json - --out " + temp + " --loss ";
        for (String loss : new String[] {"squared", "cross-entropy"}) {
            JsonNode json = relaxon(one + loss).json();
            assertEquals(loss, json.get("cases").get(0).get("loss").asText());
            Path run = Path.of(json.get("directory").asText());
            String page = Files.readString(run.resolve("report.html"));
            assertTrue(page.contains("<th>loss") || page.contains("loss " + loss), loss);
        }
    }

    @Test
    void theRefractoryPeriodOfAPlanIsStatedWithoutAStandIn() throws IOException {
        String run = FEW + "--algorithm pc-nudge --json - --out " + temp;
        for (boolean given : new boolean[] {false, true}) {
            JsonNode json = relaxon(run + (given ? " --refractory 5us" : "")).json();
            Path config = Path.of(json.get("directory").asText(), "manifest.json");
            JsonNode plan = new ObjectMapper().readTree(config.toFile()).at("/config/plans/0");
            assertEquals(given ? "5000" : "null", plan.get("refractoryNanos").asText());
            String text = plan.get("refractory").asText();
            assertTrue(given ? text.equals("5us") : text.startsWith("by default: "), text);
        }
    }

    @Test
    void aFeedbackGainIsNotCalledBeta() {
        Ran ran = relaxon(FEW + "--algorithm chl --gamma 1e-3,1e-2");
        assertFalse(ran.out().contains("order between beta"), ran.out());
        assertTrue(ran.out().contains("order between gamma 0.01 and 0.001"), ran.out());
        Ran clamped = relaxon(FEW + "--algorithm coupled,ep --beta 1e-3,1e-2");
        assertTrue(clamped.out().contains("order between beta"), clamped.out() + clamped.err());
        List<Algorithm> mixed =
                List.of(
                        Algorithms.contrastiveHebbian(Form.PLAIN),
                        Algorithms.equilibriumPropagation(Form.PLAIN));
        assertEquals("strength", AlgorithmOptions.strengthName(mixed));
        assertTrue(relaxon(FEW + "--dry-run").out().contains("seeds at beta 1e-4: "));
        Ran gain = relaxon(FEW + "--algorithm chl --gamma 1e-3 --dry-run");
        assertTrue(gain.out().contains("seeds at gamma 0.001: "), gain.out());
    }
}
