package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Every guided scene shows what its text states. */
class GuidedSceneTest {
    private static final String SMALL = "--layers 3,4,2 --granularity layer";

    private static JsonNode scene(LiveDesk desk, String name) {
        Desks.act(desk, "scene", "{'name':'" + name + "'}");
        JsonNode state = Desks.ended(desk);
        assertEquals(name, state.get("scene").asText());
        return state.get("verdict");
    }

    @Test
    void settlingByMessages() {
        try (LiveDesk desk = Desks.open(false, SMALL)) {
            JsonNode verdict = scene(desk, "settling");
            assertTrue(verdict.get("settled").asBoolean());
            assertTrue(verdict.get("cosine").asDouble() > 0.9999, verdict.toString());
            assertEquals("backprop", verdict.get("reference").asText());
            assertTrue(verdict.get("stale").asLong() > 0, "messages overtake one another");
            JsonNode frames = Desks.json(desk.frames());
            double first = frames.get(0).get("residual").asDouble();
            double last = frames.get(frames.size() - 1).get("residual").asDouble();
            assertTrue(last < 1e-6 * first, first + " to " + last);
            assertEquals(0, frames.get(frames.size() - 1).get("flying").asLong());
        }
    }

    @Test
    void betaToZero() {
        try (LiveDesk desk = Desks.open(false, SMALL)) {
            double before = scene(desk, "beta").get("relativeError").asDouble();
            for (String beta : new String[] {"0.01", "0.001"}) {
                Desks.act(desk, "start", "{'beta':'" + beta + "'}");
                JsonNode verdict = Desks.ended(desk).get("verdict");
                double error = verdict.get("relativeError").asDouble();
                assertEquals(10.0, before / error, 1.5, "in proportion to beta");
                assertTrue(verdict.get("oneMinusCosine").asDouble() < 1e-4);
                before = error;
            }
        }
    }

    @Test
    void delaysBreakGradientStepsAndTheAdviceSettlesThem() {
        try (LiveDesk desk = Desks.open(false, SMALL)) {
            JsonNode verdict = scene(desk, "delays");
            assertFalse(verdict.get("settled").asBoolean());
            assertTrue(verdict.get("residual").asDouble() > 0.01, "or it is merely slow");
            assertTrue(verdict.get("adviceFound").asBoolean(), verdict.toString());
            String advice = verdict.get("advice").asText();
            assertTrue(advice.startsWith("--discipline turn-taking "), advice);

            Desks.act(desk, "advice", "{}");
            JsonNode state = Desks.ended(desk);
            assertTrue(state.get("verdict").get("settled").asBoolean());
            assertEquals("turn-taking", state.get("controls").get("discipline").asText());

            Desks.act(desk, "scene", "{'name':'delays'}");
            Desks.act(desk, "start", "{'delay':'none'}");
            assertTrue(Desks.ended(desk).get("verdict").get("settled").asBoolean());
        }
    }

    @Test
    void turnTakingRepairs() {
        try (LiveDesk desk = Desks.open(false, SMALL)) {
            JsonNode verdict = scene(desk, "turns");
            assertTrue(verdict.get("settled").asBoolean(), verdict.toString());
            assertEquals(0, verdict.get("stale").asLong());
            Desks.act(desk, "start", "{'discipline':''}");
            assertFalse(Desks.ended(desk).get("verdict").get("settled").asBoolean());
        }
    }

    @Test
    void aCellDies() {
        try (LiveDesk desk = Desks.open(false, SMALL)) {
            JsonNode verdict = scene(desk, "crash");
            assertFalse(verdict.get("settled").asBoolean());
            assertEquals("cell-lost", verdict.get("reason").asText());
            assertTrue(verdict.get("sentence").asText().contains("->2["), verdict.toString());
            assertTrue(verdict.get("advice").asText().contains("--crash"), verdict.toString());
        }
        try (LiveDesk desk =
                Desks.open(false, GuidedScene.named("crash").options() + " --crash 2[3]@20")) {
            JsonNode verdict = Desks.ended(desk).get("verdict");
            assertTrue(verdict.get("settled").asBoolean(), "a cell that restarts does no harm");
        }
    }

    @Test
    void thereAreFiveAndNoOthers() {
        assertEquals(5, GuidedScene.ALL.size());
        assertThrows(IllegalArgumentException.class, () -> GuidedScene.named("../x"));
    }
}
