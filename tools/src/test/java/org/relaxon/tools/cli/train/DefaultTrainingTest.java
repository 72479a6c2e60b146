package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.option.Catalog;

/** Every algorithm trains by its defaults about as well as backprop of the same network. */
class DefaultTrainingTest {
    /** What an algorithm's test accuracy may be below that of backprop. */
    private static final double MARGIN = 0.015;

    /** Messages of an epoch, or of a part of one. */
    private static final long MESSAGES_MAX = 2_000_000L;

    private static final double STEPS_OF_AN_EPOCH = 938.0;

    private static Stream<String> names() {
        return Catalog.all().get("algorithms (--algorithm)").stream().map(Catalog.Entry::name);
    }

    static Stream<String> all() {
        Stream<String> listed = names().flatMap(a -> Stream.of(a + " two-moons", a + " strokes"));
        return Stream.concat(listed, Stream.of("ipc two-moons"));
    }

    private static JsonNode trained(String options) throws IOException {
        Ran ran = relaxon("train --beside backprop --quiet --json - " + options);
        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals("done", json.get("ending").asText());
        return json;
    }

    private static void assertTrained(JsonNode json) {
        double own = json.get("testAccuracy").asDouble();
        double backprop = json.get("backpropTestAccuracy").asDouble();
        long messages = json.get("messages").asLong();
        double epochs = Math.max(1.0, json.get("steps").asLong() / STEPS_OF_AN_EPOCH);
        String figures = "%s: %.4f, backprop %.4f, %d messages";
        String what = figures.formatted(json.get("algorithm").asText(), own, backprop, messages);
        assertTrue(own >= backprop - MARGIN, what);
        assertTrue(messages <= epochs * MESSAGES_MAX, what);
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("slow")
    void everyAlgorithmTrainsByItsDefaults(String run) throws IOException {
        String[] words = run.split(" ");
        assertTrained(trained("--algorithm %s --data %s".formatted(words[0], words[1])));
    }

    /** With thresholds for round-off and no turns this ran into a message budget at step 892. */
    @Test
    @Tag("slow")
    void equilibriumPropagationWithoutARecipeEnds() throws IOException {
        assertTrained(
                trained(
                        "--data two-moons --algorithm ep --estimator centred --beta 0.1"
                                + " --epochs 5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pc-nudge", "pc"})
    void aShortTrainingIsAsGoodAsBackprop(String algorithm) throws IOException {
        assertTrained(
                trained(
                        "--data two-moons --examples 500 --test-examples 200 --epochs 3"
                                + " --algorithm "
                                + algorithm));
    }

    private static boolean says(JsonNode json, String start) {
        return StreamSupport.stream(json.get("chosenByDefault").spliterator(), false)
                .anyMatch(line -> line.asText().startsWith(start));
    }

    @Test
    void whatWasChosenByDefaultIsSaidWithItsBasis() throws IOException {
        String few = "--data two-moons --examples 64 --test-examples 20 --iterations 1 ";
        JsonNode hep = trained(few + "--algorithm hep");
        assertTrue(says(hep, "estimator roots:4 (of hep)"), hep.toString());
        assertTrue(says(hep, "discipline turn-taking (of hep)"), hep.toString());
        JsonNode ep = trained(few + "--algorithm ep");
        assertTrue(says(ep, "threshold 1e-6 (0.001 of a gradient x strength 0.001)"), "" + ep);
        assertTrue(says(ep, "rate 0.001 (adam"), ep.toString());
        JsonNode held = trained(few + "--algorithm chl-clamped");
        assertTrue(says(held, "rate-schedule linear (of chl-clamped)"), held.toString());
        assertTrue(says(held, "weight-decay 0.01 (of chl-clamped)"), held.toString());
        JsonNode adam = trained(few + "--algorithm chl-clamped --optimiser adam");
        assertFalse(says(adam, "rate-schedule"), adam.toString());
        assertEquals(0.0, adam.get("weightDecay").asDouble());
        JsonNode asked = trained(few + "--algorithm ep --rate-schedule cosine");
        assertEquals("cosine", asked.get("rateSchedule").asText());
        assertFalse(says(asked, "rate-schedule"), asked.toString());
        JsonNode own = trained(few + "--algorithm ep --threshold 1e-7 --rate 0.01");
        assertFalse(says(own, "threshold"), own.toString());
        assertFalse(says(own, "rate"), own.toString());
    }
}
